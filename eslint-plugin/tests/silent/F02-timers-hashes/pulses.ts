// F2: timers that use a resource and live as long as somebody wants them to.
import { createConnection, type Connection } from "mysql2/promise";

/** Pings until the program ends. */
export async function keepAlive(uri: string): Promise<void> {
  const connection = await createConnection(uri);
  setInterval(() => void connection.ping(), 30_000).unref();
}

/** Whoever starts it stops it, and the connection goes with that. */
export async function pulse(uri: string, beat: (connection: Connection) => void): Promise<() => Promise<void>> {
  const connection = await createConnection(uri);
  const timer = setInterval(() => beat(connection), 1_000);
  return async () => {
    clearInterval(timer);
    await connection.end();
  };
}

/** Gives up after a while: the timer of the scope is what ends the connection. */
export async function within(uri: string, ms: number, work: () => Promise<void>): Promise<void> {
  const connection = await createConnection(uri);
  using _deadline = setTimeout(() => connection.destroy(), ms);
  await work();
}

export async function watched(uri: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  await using connection = await createConnection(uri);
  using _pulse = setInterval(() => void connection.ping(), 1_000);
  await work(connection);
}
