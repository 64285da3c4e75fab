/**
 * Manager: acquire, yield once, release in finally
 *
 * Python's `@asynccontextmanager`, by the manager helper (snippet `acm-helper`). Only a `finally` runs when the scope ends: code after the `yield` does not, and no `catch` sees the error of the scope. Use it by `await using held = await session(…)`.
 *
 * @prefix acm, acm-manager, asynccontextmanager, await-using-manager
 * @hole session
 * @hole host
 * @hole conn
 * @hole connect
 * @hole .close | .end | .disconnect
 */
import { asyncContextManager } from "./helper/managed.js";
import { connect } from "./vocabulary.js";

// #region snippet
export const session = asyncContextManager(async function* (host: string) {
  const conn = await connect(host);
  try {
    yield conn;
  } finally {
    await conn.close();
  }
});
// #endregion
