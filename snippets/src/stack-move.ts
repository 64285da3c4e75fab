/**
 * Class: owner of a list, by stack.move()
 *
 * Python's `pop_all`. While it opens, the scope of the stack owns everything, and releases it when a later one fails; `move()` hands all of it to the object as the last step. `AsyncDisposableStack` takes Node 24, or a polyfill.
 *
 * @prefix await-using-move, acm-pop-all, stack-move
 * @hole Pool
 * @hole conns
 * @hole Conn
 * @hole hosts
 * @hole host
 * @hole connect
 */
import { type Conn, connect } from "./vocabulary.js";

// #region snippet
export class Pool implements AsyncDisposable {
  readonly conns: readonly Conn[];
  readonly #stack: AsyncDisposableStack;
  #released: Promise<void> | undefined;

  private constructor(conns: readonly Conn[], stack: AsyncDisposableStack) {
    this.conns = conns;
    this.#stack = stack;
  }

  static async open(hosts: readonly string[]): Promise<Pool> {
    await using stack = new AsyncDisposableStack();
    const conns: Conn[] = [];
    for (const host of hosts) {
      conns.push(stack.use(await connect(host)));
    }
    return new Pool(conns, stack.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return (this.#released ??= this.#stack.disposeAsync());
  }
}
// #endregion
