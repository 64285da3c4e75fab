/** Which names say that a value is kept, taken over, taken out, or only noted? */

import { beginningWith, exactly, matching } from "./word.js";

/** Methods by which the language's own collections are filled. What a collection has (`ownership/several/collection.ts`), what is kept (`ownership/values/lasting-place.ts`). */
export const fillsCollection = exactly("add", "push", "set", "unshift");

/** Methods of the standard library that keep their argument: besides the collections, its stacks, form data and queues (`ownership/uses/argument-owner.ts`). */
export const keepsInLibrary = exactly("add", "adopt", "append", "enqueue", "push", "set", "unshift");

/** Methods by which something leaves a collection. What is given away (`ownership/lifetime/borrowed-in-scope.ts`), what does not stay (`ownership/values/lasting-place.ts`). */
export const takesOut = exactly("clear", "delete", "dequeue", "pop", "remove", "shift", "splice");

/** Functions that take over what they are given, or are called with what is theirs: there a parameter may be disposed (`ownership/lifetime/borrowed-in-scope.ts`). */
export const takesOver = beginningWith(
  "accept", "adopt", "claim", "consume", "extract", "handle", "hold", "keep", "manage", "move", "on", "own", "pop", "process", "receive", "run", "scope",
  "serve", "shift", "steal", "take", "transfer", "use", "using", "with",
);

/** Members of a temporary that keep it alive, by what they register or chain: nobody loses it then (`flow/fate/temporary.ts`). */
export const keepsItsObject = matching(/^(?:add|on(?:ce)?$|pipe|listen|move$|then$|catch$|finally$)/u);

/** Methods that only print what they are given (`ownership/uses/argument-owner.ts`). */
export const prints = exactly("debug", "dir", "error", "info", "log", "stringify", "table", "trace", "warn");

/** Functions of the standard library that only look at what they are given: `Object.is`, `Array.isArray` (`ownership/uses/argument-owner.ts`). */
export const looksAt = exactly("Boolean", "String", "getOwnPropertyDescriptor", "getOwnPropertyNames", "getPrototypeOf", "hasOwn", "is", "isArray", "isFrozen", "isPrototypeOf", "isSealed", "keys");

/** Objects whose methods only print (`ownership/generators/misused-generator.ts`). */
export const isLogger = matching(/^(?:console|log(?:ger)?)$/iu);

/** Methods that only note something: a disposer that does nothing else need not be called by who overrides it (`flow/super-dispose.ts`). */
export const notes = exactly("add", "clear", "debug", "log", "push", "set");

/** Methods that put a node into a page, which keeps it (`ownership/owners/kept-instance.ts`). */
export const putsOnPage = exactly("after", "append", "appendChild", "before", "insertBefore", "prepend", "replaceChildren", "replaceWith");
