// F13: managers that take a resource over, hand it on, or only borrow what its owner scopes.
import { createConnection, type Connection } from "mysql2/promise";
import { asyncContextManager } from "./manager.js";

/** Takes it over. */
const session = asyncContextManager(async function* (connection: Connection) {
  try {
    await connection.query("set time_zone = 'utc'");
    yield connection.threadId;
  } finally {
    await connection.end();
  }
});

/** Hands it on, with a way to end it. */
const lease = asyncContextManager(async function* (connection: Connection) {
  await connection.ping();
  yield { connection, end: () => connection.end() };
});

/** Borrows it. */
const transaction = asyncContextManager(async function* (connection: Connection) {
  await connection.beginTransaction();
  let committed = false;
  try {
    yield {
      async commit() {
        await connection.commit();
        committed = true;
      },
    };
  } finally {
    if (!committed) await connection.rollback();
  }
});

export async function thread(uri: string): Promise<number | null> {
  const connection = await createConnection(uri);
  await using held = await session(connection);
  return held.value;
}

export async function leased(uri: string): Promise<void> {
  const connection = await createConnection(uri);
  await using held = await lease(connection);
  await held.value.end();
}

export async function store(uri: string, text: string): Promise<void> {
  await using connection = await createConnection(uri);
  await using held = await transaction(connection);
  await connection.query("insert into notes values (?)", [text]);
  await held.value.commit();
}
