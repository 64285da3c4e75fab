/**
 * Manager: use one
 *
 * The result is a holder: its `value` is what the manager yields, and its end releases. `await using` cannot destructure.
 *
 * @prefix acm-use, await-using-managed
 * @hole held
 * @hole session
 * @hole host
 * @hole conn
 */
import { asyncContextManager } from "./helper/managed.js";
import { connect, host } from "./vocabulary.js";

const session = asyncContextManager(async function* (to: string) {
  await using conn = await connect(to);
  yield conn;
});

export async function scope(): Promise<void> {
  // #region snippet
  await using held = await session(host);
  const conn = held.value;
  // $0
  // #endregion
}
