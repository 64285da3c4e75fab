/**
 * Class: disposable without waiting
 *
 * `using` awaits nothing: a promise from `[Symbol.dispose]()` is dropped, and its rejection ends the process. A release that must wait belongs in `async [Symbol.asyncDispose]()`, and its users then write `await using`.
 *
 * @prefix using-class, disposable-class
 * @hole Guard
 * @hole Lock
 * @hole name
 * @hole lock
 * @hole .release | .unlock
 */
import { type Lock, lock } from "./vocabulary.js";

// #region snippet
export class Guard implements Disposable {
  readonly #held: Lock;
  #released = false;

  constructor(name: string) {
    this.#held = lock(name);
  }

  // Nobody awaits it: what must wait belongs in [Symbol.asyncDispose]().
  [Symbol.dispose](): void {
    if (this.#released) return;
    this.#released = true;
    this.#held.release();
  }
}
// #endregion
