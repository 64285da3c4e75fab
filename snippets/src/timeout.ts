/**
 * using: a deadline for the block
 *
 * Python's `asyncio.timeout`, by the manager helper (snippet `acm-helper`). `acquire` releases a resource that arrives too late, `wait` gives up waiting; the signal is what stops the work. The end of the block clears the timer.
 *
 * @prefix using-timeout, await-using-timeout, acm-timeout, timeout
 * @hole timeout
 * @hole 5_000
 * @hole conn
 * @hole connect
 * @hole host
 * @hole answer
 * @hole .send | .query | .execute
 * @hole "ping"
 */
import { timeoutScope } from "./helper/managed.js";
import { connect, host } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  using timeout = timeoutScope(5_000);
  await using conn = await timeout.acquire(connect(host, timeout.signal));
  const answer = await timeout.wait(conn.send("ping"));
  // $0
  // #endregion
}
