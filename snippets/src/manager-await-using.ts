/**
 * Manager: several resources by await using
 *
 * For what has a disposer already: the generator's own `await using` scope ends with the scope of whoever uses the manager, and needs no `finally`. Needs the manager helper (snippet `acm-helper`).
 *
 * @prefix acm-await-using, acm-resources
 * @hole session
 * @hole host
 * @hole conn
 * @hole connect
 * @hole response
 * @hole .request | .fetch | .get
 * @hole "/"
 */
import { asyncContextManager } from "./helper/managed.js";
import { connect } from "./vocabulary.js";

// #region snippet
export const session = asyncContextManager(async function* (host: string) {
  await using conn = await connect(host);
  await using response = await conn.request("/");
  yield { conn, response };
});
// #endregion
