/**
 * await using: a list of resources on a stack
 *
 * Python's `AsyncExitStack`. One after the other: what is on the stack is released in reverse order, also when a later one fails to open. Never call `stack.use` in callbacks that run at the same time (snippet `await-using-all`). `AsyncDisposableStack` takes Node 24, or a polyfill.
 *
 * @prefix await-using-stack, acm-stack, async-disposable-stack
 * @hole stack
 * @hole conns
 * @hole Conn
 * @hole host
 * @hole hosts
 * @hole connect
 */
import { type Conn, connect, hosts } from "./vocabulary.js";

export async function scope(): Promise<void> {
  // #region snippet
  await using stack = new AsyncDisposableStack();
  const conns: Conn[] = [];
  for (const host of hosts) {
    conns.push(stack.use(await connect(host)));
  }
  // $0
  // #endregion
}
