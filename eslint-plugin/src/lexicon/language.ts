/** Which names of JavaScript's own objects, methods and types have a meaning for the rules? */

import { exactly, matching } from "./word.js";

/** `Promise.all` and its siblings, which wait for several promises. */
export const combines = exactly("all", "allSettled", "any", "race");

/** The methods of a promise, each of which makes another. */
export const chains = exactly("catch", "finally", "then");

/** The methods by which a stack takes something over. */
export const registersOnStack = exactly("adopt", "defer", "use");

/** Those of them that hand back what they take: `defer` takes a function and gives nothing. */
export const handsBackFromStack = exactly("adopt", "use");

/** All that a stack is of use for, moving its members on included: a disposed one throws (`flow/use-after-dispose.ts`). */
export const usesStack = exactly("adopt", "defer", "move", "use");

/** The methods that advance or end a generator by hand. */
export const advances = exactly("next", "return", "throw");

/** What generators have of their own and inherit: any other member was meant for what they yield (`ownership/generators/misused-generator.ts`). */
export const belongsToGenerator = exactly("next", "return", "throw", "drop", "every", "filter", "find", "flatMap", "forEach", "map", "reduce", "some", "take", "toArray", "toString", "valueOf", "constructor");

/** The collections of the language that begin empty. */
export const isCollection = exactly("Array", "Map", "Set");

/** The members that tell how many elements a collection has. */
export const tellsSize = exactly("length", "size");

/** The methods that turn an array round, so that its last element comes first. */
export const turnsRound = exactly("reverse", "toReversed");

/** The methods of `Array` that read an iterable to its end. */
export const readsToEnd = exactly("from", "fromAsync");

/** The objects whose functions reach into any other object by names. */
export const reachesInto = exactly("Object", "Reflect");

/** The global object, by its names. */
export const isGlobalObject = exactly("globalThis", "self", "window");

/** The global objects whose methods hold and change nothing that outlives the call. */
export const changesNothing = exactly("console", "Promise");

/** The global functions that make a number, a text or a truth value of anything. */
export const makesPrimitive = exactly("BigInt", "Boolean", "Number", "String");

/** Promises as a type is called. */
export const isPromiseType = exactly("Promise", "PromiseLike");

/** What every object can be turned into a text by: it makes no handle of it. */
export const turnsIntoText = exactly("toJSON", "toString");

/** The members by which data is read from what a value stands for: the streams of the web and of Node. */
export const givesData = exactly("getReader", "getWriter", "pipe");

/** Types of the standard library that give their type argument one after the other, by the end of their names. */
export const isIterableType = matching(/(?:Array|Generator|Iterable|Iterator|Set)(?:Object)?$/u);

/** Types of the standard library that are gone through, and whose disposer their holder need not call. */
export const isIterationType = matching(/(?:Generator|Iterator|Iterable)(?:Object)?$/u);

/** The contracts that declare a disposer and nothing else. */
export const isDisposableContract = exactly("AsyncDisposable", "Disposable");

/** The methods of `Object` that give their first argument back, changed or not. */
export const handsBackFirst = exactly("assign", "defineProperties", "defineProperty", "freeze", "preventExtensions", "seal", "setPrototypeOf");

/** The methods of the language's collections that only read, or call back with what they have. What a disposer may do to anything (`ownership/release/memory-only-disposer.ts`). */
export const readsCollection = exactly(
  "at", "concat", "entries", "every", "filter", "find", "findIndex", "flat", "flatMap", "forEach", "get", "has", "includes", "indexOf", "join", "keys", "map",
  "reduce", "slice", "some", "toReversed", "toSorted", "values",
);

/** Those that give an element, which stays where it is (`ownership/owners/body-source.ts`). */
export const givesElement = exactly("at", "deref", "find", "findLast", "get");

/** Those that change them, which a disposer may do to its own (`ownership/release/memory-only-disposer.ts`). */
export const changesCollection = exactly("add", "clear", "delete", "fill", "pop", "push", "reverse", "set", "shift", "sort", "splice", "unshift");

/** Those that make another collection, which nobody else has (`ownership/release/own-memory.ts`). */
export const copiesCollection = exactly("concat", "filter", "flat", "flatMap", "from", "map", "slice", "toReversed", "toSorted", "toSpliced");

/** The functions of `Object` that only list what an object has (`ownership/release/own-memory.ts`). */
export const worksOnValues = exactly("entries", "keys", "values");

/** The global objects and classes that reach nothing outside of memory: making one, or calling its functions, holds nothing (`ownership/release/memory-only-disposer.ts`). */
export const computes = exactly("Array", "BigInt", "Date", "JSON", "Map", "Math", "Number", "Promise", "Set", "String", "WeakMap", "WeakSet");

/** The function of `Promise` that gives the functions which settle what it makes (`ownership/release/settler.ts`). */
export const makesSettlers = exactly("withResolvers");

/** Errors as a class of them is called (`ownership/release/memory-only-disposer.ts`). */
export const isErrorType = matching(/(?:Error|Exception)$/u);

/** The symbols whose methods give an iterator (`ownership/uses/member-effect.ts`). */
export const makesIterator = exactly("asyncIterator", "iterator");

/** Methods that turn their object into a stream, rather than give one of many (`ownership/uses/derived-effect.ts`). */
export const turnsIntoStream = matching(/^(?:as|into|to)(?:[A-Z]\w*)?Stream$/u);
