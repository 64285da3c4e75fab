import { connect, type NatsConnection } from "@nats-io/transport-node";

export interface Publisher extends AsyncDisposable {
  send(text: string): void;
}

/** A connection to whichever server answers. */
export async function anyOf(servers: string[]): Promise<NatsConnection> {
  return await Promise.any(servers.map((server) => connect({ servers: server, reconnect: false }))); // ✗ no-leaky-concurrency: NatsConnection, connect
}

/** A function that sends texts to one subject. */
export async function publisher(servers: string[], subject: string): Promise<Pick<Publisher, "send">> {
  await using connection = await connect({ servers, name: "publisher" });
  return { send: (text) => connection.publish(subject, text) }; // ✗ no-escaping-using: connection, NatsConnection
}

/** Asks one question and hangs up. */
export async function ask(servers: string[], subject: string): Promise<string> {
  await using connection = await connect({ servers });
  const answer = await connection.request(subject, "", { timeout: 2_000 });
  return answer.string();
}
