/**
 * using inside await using
 *
 * One block for both kinds, released in reverse order: first the lock, then the connection, each of them even when the other fails.
 *
 * @prefix await-using-and-using, using-inside-await-using
 * @hole conn
 * @hole connect
 * @hole host
 * @hole held
 * @hole lock
 */
import { connect, host, lock } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  await using conn = await connect(host);
  using held = lock(conn.host);
  // $0
  // #endregion
}
