/**
 * using: a synchronous resource until the end of the block
 *
 * For what is released without waiting (locks, spans, timers). `using` awaits nothing; what has `[Symbol.asyncDispose]()` takes `await using`.
 *
 * @prefix using
 * @hole held
 * @hole lock
 * @hole host
 */
import { host, lock } from "./vocabulary.js";

export function scope(): void {
  // #region snippet
  using held = lock(host);
  // $0
  // #endregion
}
