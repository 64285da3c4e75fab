/**
 * await using: a resource until the end of the block
 *
 * Two awaits: the inner one waits for the acquisition, and without it the declaration throws while the resource opens and leaks. The outer one waits for the release, which also runs when the block throws or returns.
 *
 * @prefix await-using, using-await
 * @hole conn
 * @hole connect
 * @hole host
 */
import { connect, host } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  await using conn = await connect(host);
  // $0
  // #endregion
}
