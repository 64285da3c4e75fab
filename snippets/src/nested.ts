/**
 * await using: a session and a response inside it
 *
 * Two lines instead of two nested blocks. The response is finished before its session closes, and read before either.
 *
 * @prefix await-using-nested, await-using-session, await-using-response
 * @hole session
 * @hole connect
 * @hole host
 * @hole response
 * @hole .request | .fetch | .get
 * @hole "/"
 * @hole text
 * @hole .text | .json
 */
import { connect, host } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  await using session = await connect(host);
  await using response = await session.request("/");
  const text = await response.text();
  // $0
  // #endregion
}
