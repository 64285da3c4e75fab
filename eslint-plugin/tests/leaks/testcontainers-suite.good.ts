import { GenericContainer, Wait } from "testcontainers";

export interface Services {
  postgres: string;
  redis: string;
}

function postgresContainer(): GenericContainer {
  return new GenericContainer("postgres:17")
    .withEnvironment({ POSTGRES_PASSWORD: "test" })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forListeningPorts());
}

/** Starts what the integration tests need, runs them, stops everything. */
export async function withServices(run: (services: Services) => Promise<void>): Promise<void> {
  await using postgres = await postgresContainer().start();
  await using redis = await new GenericContainer("redis:8").withExposedPorts(6379).start();
  await run({
    postgres: `postgres://postgres:test@${postgres.getHost()}:${postgres.getMappedPort(5432)}`,
    redis: `redis://${redis.getHost()}:${redis.getMappedPort(6379)}`,
  });
}
