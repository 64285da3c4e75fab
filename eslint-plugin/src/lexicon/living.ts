/** Which names say that a resource is open, goes on living, or comes to its end? */

import { beginningWith, exactly, matching } from "./word.js";

/** Members that tell whether a resource is still open: whoever asks them manages it by state. Asked of every use, and ahead of a use after a disposal. */
export const tellsState = matching(/^(?:is|was|has)?(?:[Aa]ctive|[Aa]live|[Cc]losed|[Cc]losing|[Cc]onnected|[Dd]estroyed|[Dd]isposed|[Ee]nded|[Oo]pen|[Oo]pened|[Rr]eleased|[Ss]topped)$/u);

/** Members that tell where a resource is found: whoever hands that out wants it to live on (`ownership/uses/derived-effect.ts`). */
export const tellsPlace = matching(/^(?:get)?(?:address|connection(?:string|ur[il])|endpoint|host|hostname|href|(?:mapped)?port|path|ur[il])$/iu);

/** Methods that give a statement which only their object can run (`ownership/lifetime/derived-value.ts`). */
export const prepares = matching(/^(?:createStatement|prepare(?:Query|Statement|Sync)?|statement)$/u);

/** Members by which a resource may be found again: an object that is made of one and handed on may well end it (`ownership/uses/derived-effect.ts`). */
export const tellsIdentity = matching(/^(?:get)?(?:[a-z]\w*)?Id$|^(?:get)?id$|^pid$/u);

/**
 * Members that settle when the resource ends: to await one inside the scope is to wait forever (`ownership/lifetime/derived-value.ts`),
 * and to await one behind a disposal is to wait for that (`ownership/waiting/awaitable-place.ts`).
 */
export const tellsEnd = matching(/^(?:closed|completed|disconnected|done|ended|exited|finished|(?:on|waitFor)(?:Close|Disconnect|End|Exit)|status)$/u);

/** The events that say the same: `once(child, "exit")`. */
export const isEndEvent = exactly("close", "disconnect", "end", "exit", "finish");

/** Events by which an object tells that it is open: until then it holds nothing. What may fail while a resource is held (`flow/fate/holder-exits.ts`). */
export const tellsOpen = exactly("connect", "connected", "listening", "open", "ready", "secureConnect");

/** Methods that wait until a resource can be used: one that never can has to be closed all the same (`ownership/uses/member-effect.ts`). */
export const getsReady = beginningWith("connected", "init", "initialize", "loaded", "opened", "ready", "started", "until", "wait", "when");

/** Methods by which a resource begins to live on its own: it serves, shows, listens, flows. What settles a resource (`ownership/uses/uses.ts`, `flow/fate/temporary.ts`). */
export const livesOn = exactly("attach", "bind", "launch", "listen", "pipe", "pipeThrough", "pipeTo", "popup", "postMessage", "ref", "serve", "show", "start", "unref");

/** Those of them that give work to a worker, and only speak to its port (`ownership/uses/follow.ts`). */
export const sends = exactly("postMessage");

/** Those of them that let a stream flow into another, which finishes its source too (`ownership/uses/derived-effect.ts`). */
export const flowsOn = exactly("pipe", "pipeThrough", "pipeTo");

/** Methods that read a cursor or a body to its end, which finishes it. */
export const usesUp = exactly("arrayBuffer", "blob", "bytes", "collect", "forEach", "json", "text", "toArray");

/** Methods by which a resource may be opened again: then a use after its disposal means nothing (`flow/use-after-dispose.ts`). */
export const reopens = beginningWith(
  "acquire", "attach", "begin", "boot", "connect", "init", "initialize", "launch", "listen", "lock", "open", "reconnect", "reload", "reopen", "reset",
  "restart", "resume", "start", "up",
);

/** Methods that are of use after the end too: they listen, wait, ask or clear up. Narrower than `neverEnds`: reading and writing take an open resource (`flow/open-use.ts`). */
export const worksAfterEnd = beginningWith(
  "add", "emit", "event", "finish", "flush", "get", "has", "is", "join", "listener", "off", "on", "once", "prepend", "ref", "remove", "removeAll", "save",
  "then", "catch", "finally", "to", "unref", "unsubscribe", "until", "wait", "was",
);
