// F11: a container subclass wraps what super.start() acquired, and helpers pass its promise on.
import {
  AbstractStartedContainer,
  GenericContainer,
  Network,
  Wait,
  type StartedNetwork,
  type StartedTestContainer,
} from "testcontainers";

const REDIS_PORT = 6379;

export class RedisContainer extends GenericContainer {
  constructor(image = "redis:7-alpine") {
    super(image);
    this.withExposedPorts(REDIS_PORT)
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .withStartupTimeout(60_000);
  }

  withPassword(password: string): this {
    return this.withCommand(["redis-server", "--requirepass", password]);
  }

  override async start(): Promise<StartedRedisContainer> {
    return new StartedRedisContainer(await super.start());
  }
}

export class StartedRedisContainer extends AbstractStartedContainer {
  constructor(started: StartedTestContainer) {
    super(started);
  }

  get url(): string {
    return `redis://${this.getHost()}:${this.getMappedPort(REDIS_PORT)}`;
  }
}

export const startRedis = (password?: string): Promise<StartedRedisContainer> => {
  const container = new RedisContainer();
  if (password !== undefined) container.withPassword(password);
  return container.start();
};

export interface Sandbox extends AsyncDisposable {
  readonly network: StartedNetwork;
  readonly primary: StartedTestContainer;
  readonly replica: StartedTestContainer;
}

export async function startSandbox(image = "mysql:8.4"): Promise<Sandbox> {
  await using stack = new AsyncDisposableStack();
  const network = stack.use(await new Network().start());
  const base = () =>
    new GenericContainer(image)
      .withEnvironment({ MYSQL_ROOT_PASSWORD: "root" })
      .withNetwork(network)
      .withExposedPorts(3306);
  const primary = stack.use(await base().withNetworkAliases("primary").start());
  const replica = stack.use(await base().withNetworkAliases("replica").withEnvironment({ SOURCE: "primary" }).start());
  const resources = stack.move();
  return { network, primary, replica, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
