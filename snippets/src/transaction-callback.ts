/**
 * Manager: transaction that sees the error (runManaged)
 *
 * The callback form resumes the generator as Python does: after the callback it commits, and an error of the callback comes out of the `yield` and rolls back. A rollback that fails as well keeps both errors. Needs the manager helper (snippet `acm-helper`).
 *
 * @prefix acm-run, acm-transaction-callback, run-managed
 * @hole transaction
 * @hole conn
 * @hole Conn
 * @hole .query | .execute | .send
 */
import { runManaged } from "./helper/managed.js";
import { type Conn } from "./vocabulary.js";

// #region snippet
async function* transacting(conn: Conn): AsyncGenerator<Conn, void, void> {
  await conn.query("BEGIN");
  try {
    yield conn;
    await conn.query("COMMIT");
  } catch (error) {
    await using _ = {
      async [Symbol.asyncDispose](): Promise<void> {
        await conn.query("ROLLBACK");
      },
    };
    throw error;
  }
}

export async function transaction<T>(
  conn: Conn,
  body: (conn: Conn) => Promise<T>,
): Promise<T | undefined> {
  return await runManaged(transacting(conn), body);
}
// #endregion
