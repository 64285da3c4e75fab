/**
 * Manager: transaction with an explicit commit
 *
 * A disposer is not told whether the scope failed, so success has to be said: `await using tx = await transaction(conn)`, and `await tx.value.commit()` as its last statement. All other ways out roll back. Needs the manager helper (snippet `acm-helper`).
 *
 * @prefix acm-transaction, await-using-transaction
 * @hole transaction
 * @hole conn
 * @hole Conn
 * @hole .query | .execute | .send
 */
import { asyncContextManager } from "./helper/managed.js";
import { type Conn } from "./vocabulary.js";

// #region snippet
export const transaction = asyncContextManager(async function* (conn: Conn) {
  let committed = false;
  await conn.query("BEGIN");
  try {
    yield {
      async commit(): Promise<void> {
        await conn.query("COMMIT");
        committed = true;
      },
    };
  } finally {
    if (!committed) await conn.query("ROLLBACK");
  }
});
// #endregion
