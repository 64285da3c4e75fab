/** Which names say that a function calls back, and when it does? */

import { anyOf, exactly, matching } from "./word.js";

/** Methods that register a listener on their object: it lives on to be heard, and may call back at any time. Asked of every use and every callback. */
export const listens = exactly("addEventListener", "addListener", "on", "once", "prependListener", "prependOnceListener");

/** Methods that register an observer, which may be called for as long as the subscription lasts. Asked beside `listens` of callbacks; what they give back is a resource of its own. */
export const observes = exactly("subscribe");

/** The global functions that call back after some time. Which callbacks come when a module has been evaluated, which ones a scope clears. */
export const isTimer = exactly("setImmediate", "setInterval", "setTimeout");

/** The global functions that take such a call back (`ownership/release/timer-disposer.ts`). */
export const clearsTimer = exactly("clearImmediate", "clearInterval", "clearTimeout");

/** Global functions that call back after the present job, timers among them. Which callbacks outlast a scope (`ownership/values/lasting-place.ts`). */
export const callsLater = anyOf(isTimer, exactly("queueMicrotask"));

/** Functions whose caller throws a callback's promise away: listeners, observers, all that comes later, and names that say so. Where a disposal can be awaited (`ownership/waiting/awaitable-place.ts`). */
export const dropsCallbackResult = anyOf(listens, observes, callsLater, exactly("nextTick", "requestAnimationFrame", "watch"), matching(/^on[A-Z]/u));

/** Members that somebody else assigns or calls as a listener: `socket.onclose = …`. */
export const isHandlerProperty = matching(/^on/u);

/** Methods that frameworks call and do not wait for. Where a disposal can be awaited (`ownership/waiting/awaitable-place.ts`). */
export const isUnawaitedHook = matching(/^(?:on|handle|ng)[A-Z]|^(?:componentWillUnmount|disconnectedCallback)$/u);

/** Methods of the language that call their callback before they return. When a closure runs (`ownership/values/closures.ts`), where `await` would change what it gives. */
export const callsAtOnce = exactly(
  "every", "filter", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "forEach", "from", "map", "reduce", "reduceRight", "replace", "replaceAll",
  "some", "sort", "toSorted",
);

/** Methods that take a listener off: what a pending wait does with its caller's signal when it is settled (`ownership/release/settler.ts`). */
export const takesListenerBack = exactly("off", "removeEventListener", "removeListener");
