/**
 * await using: a list of resources at the same time
 *
 * All or none, by the manager helper (snippet `acm-helper`). When one fails, the others are told by their signal, and whatever still opens is released before the error is thrown; `Promise.all` would leak it.
 *
 * @prefix await-using-all, acm-all, acquire-all
 * @hole conns
 * @hole hosts
 * @hole host
 * @hole connect
 * @hole conn
 */
import { acquireAll } from "./helper/managed.js";
import { connect, hosts } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  await using conns = await acquireAll(
    hosts.map((host) => (signal) => connect(host, signal)),
  );
  for (const conn of conns.value) {
    await conn.send("ping");
    // $0
  }
  // #endregion
}
