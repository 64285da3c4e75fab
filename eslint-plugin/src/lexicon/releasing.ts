/** Which names say that something is released, or that it is not? */

import { anyOf, beginningWith, exactly, matching } from "./word.js";

/**
 * Methods that release their object (RULES.md, *dispose*); the default of the
 * setting `releaseMethods`, which adds to them. Asked wherever a disposal by hand is
 * looked for (`ownership/release/release-name.ts`).
 */
export const releaseMethods = [
  "abort", "cancel", "close", "closeAsync", "closeSync", "destroy", "detach", "disconnect", "dispose", "disposeAsync", "down", "drain", "end",
  "endSession", "finalize", "free", "kill", "quit", "release", "remove", "return", "shutdown", "stop", "terminate", "unlock", "unsubscribe",
] as const;

/** Names that begin with one of the plainest release methods and say what else: `closeAll`, `stopListening`. Asked beside `releaseMethods`. */
export const releasesByPrefix = matching(/^(?:close|destroy|disconnect|dispose|release|shutdown|stop|terminate)[A-Z]/u);

/** Methods that release their object when they are told nothing; with an argument they only undo one thing that it does (`ownership/release/release-name.ts`). */
export const releasesAlone = exactly("unbind");

/** Static methods of a class that end what stands in the place of something else for the time being: a clock, a spy. What speaks against owning it (`ownership/owners/counter-evidence.ts`). */
export const restores = exactly("reset", "restore", "uninstall");

/** Members that a handle has which can do nothing but be released: a registration's (`Callee.returnsBareHandle`). */
export const belongsToBareHandle = exactly("cancel", "close", "closed", "dispose", "disposed", "isDisposed", "release", "remove", "stop", "unsubscribe");

/**
 * Methods after which nobody would call the resource open: `end`, `stop` and their
 * like may only begin its end. Which use comes after a disposal (`flow/use-after-dispose.ts`).
 */
export const closesForGood = exactly("close", "closeAsync", "closeSync", "destroy", "dispose", "disposeAsync", "free", "quit", "release", "terminate");

/** Methods by which a class is closed, for a disposer that calls them (`edits/classes/disposable-class.ts`). */
export const closesItsClass = matching(/^(?:close|destroy|disconnect|dispose|quit|shutdown|stop|terminate)(?:Async)?$/u);

/** Those of them that end an object's life: one that is stopped or disconnected may well start again. What prefer-disposable-class reports. */
export const endsItsClass = matching(/^(?:close|destroy|dispose)(?:Async)?$/u);

/** By which manner a release does the same: `close`, `closeSync` and `closeAsync` (`ownership/release/equivalent-release.ts`). */
const manner = /(?:Async|Sync)$/u;

/** `close` of `closeSync` and `closeAsync`. */
export function withoutManner(name: string): string {
  return name.replace(manner, "");
}

/** The disposers of a stack that have names; a stack bears them twice (`ownership/release/idempotent-disposer.ts`). */
export const disposesStack = exactly("dispose", "disposeAsync");

/** Functions that take back what another has done, besides release methods: what a `finally` may consist of (`ownership/generators/manager.ts`). */
export const takesBack = matching(/^(?:cancel|clear|close|delete|destroy|remove|release|reset|restore|rm|stop|terminate|unlink|unregister|unsubscribe|unwatch)(?:[A-Z]|$)/u);

/** Names anywhere in a scope's text that show that it takes a callback back: a timer, a listener, a subscription (`ownership/waiting/unwaited.ts`). */
export const callbackTakenBack = /\b(?:abort|clear(?:Immediate|Interval|Timeout)|off|remove(?:All)?(?:Event)?Listeners?|unsubscribe)\b/u;

/** Methods that frameworks call at an object's end: Nest, Angular, custom elements and Lit, React, Vue, Obsidian, Node's streams. By what a class lets go (`ownership/classes/teardown.ts`). */
export const isEndHook = matching(/^(?:_destroy|before(?:ApplicationShutdown|Destroy|Unmount)|componentWillUnmount|d(?:estroyed|isconnectedCallback)|hostDisconnected|ngOnDestroy|on(?:ApplicationShutdown|Destroy|Module(?:Destroy|Unload)|[Uu]nload)|unmounted)$/u);

/**
 * Functions that end what they are given, or what their object holds: there a
 * borrowed resource may be disposed (`ownership/lifetime/borrowed-in-scope.ts`).
 */
export const endsWhatItHas = anyOf(
  matching(/^_*(?:after|clean|clear|close|destroy|detach|disconnect|dispose|drain|end|finalize|finish|flush|free|kill|quit|release|remove|replace|reset|shut|stop|teardown|tearDown|terminate|unmount)(?![a-z])/u),
  matching(/^(?:cleanup|shutdown|ng(?:On)?Destroy|onModuleDestroy|onApplicationShutdown|componentWillUnmount|disconnectedCallback)$/u),
);

/** Methods that nobody would end a resource by: they listen, ask, tell, read or write. What may be its end (`ownership/uses/possible-end.ts`). */
export const neverEnds = beginningWith(
  "add", "count", "debug", "dispatch", "emit", "entries", "error", "fetch", "find", "flush", "for", "get", "has", "info", "is", "keys", "list", "log", "measure",
  "off", "on", "once", "peek", "ping", "prepend", "query", "read", "remove(?:All)?Listeners?", "removeEventListener", "report", "select", "set", "size",
  "snapshot", "stats?", "status", "to", "trace", "values", "warn", "write",
);

/** Methods that change nothing when they are called again, and functions of that kind. Which disposers bear a second call (`ownership/release/idempotent-disposer.ts`). */
export const bearsRepetition = matching(/^(?:abort|catch|clear(?:Immediate|Interval|Timeout)?|delete|finally|off|remove(?:All)?Listeners?|removeEventListener|then|unref)$/u);

/** Methods that decide what becomes of a transaction: closing it instead is another decision (`ownership/release/equivalent-release.ts`). */
export const decides = matching(/^(?:commit|rollback)/u);

/** Methods that undo what a failed transaction or task has done: what a `catch` around a `yield` is for (valid-generator-manager). */
export const undoesWork = matching(/^(?:abort|revert|rollback|undo)/iu);

/** Methods that bring a transaction or a task to its end; what is left to dispose then, its type decides (`ownership/uses/member-effect.ts`). */
export const concludes = exactly("commit", "complete", "finish", "rollback");

/** Options that ask what is made from a resource to close it at its own end: `writer({ autoClose: true })` (`ownership/uses/member-effect.ts`). */
export const closesSourceByOption = matching(/^auto(?:Close|Destroy|Dispose|End)$/u);

/** Methods that write out what is buffered and keep everything open (`ownership/release/memory-only-disposer.ts`). */
export const flushes = beginningWith("flush");

/** Methods that take a registration off: a listener, a subscription, a lock on a stream. What a disposer may only do (`ownership/release/registration-disposer.ts`). */
export const takesRegistrationOff = exactly("cancel", "off", "releaseLock", "removeAllListeners", "removeEventListener", "removeListener", "unsubscribe");
