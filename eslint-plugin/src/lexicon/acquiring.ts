/** Which names say that a function makes a resource, or lends one? */

import { beginningWith, exactly, matching } from "./word.js";

/**
 * Functions without a body here that hand out what somebody else keeps, or may:
 * the verbs of caches, containers and hooks. Whose a result is (`ownership/owners/result-owner.ts`).
 */
export const lends = beginningWith("at", "current", "find", "for", "get", "inject", "item", "lookup", "peek", "resolve", "use");

/** Functions that look something up by what it belongs to: `sessionFor(peer)`. Beside `lends`, where no verb makes. */
export const looksUp = matching(/^(?!allocate|build|dial|mount|prepare|set[Uu]p|wait)\w*[a-z]For$|^maybe(?:$|Find|For|Get)|^require$/u);

/**
 * Functions without a body here whose result is new: the verbs of factories. Not
 * `listen`, which hands a server to the event loop. Whose a result is
 * (`ownership/owners/result-owner.ts`), and which calls are looked at at all.
 */
export const makes = beginningWith("acquire", "clone", "connect", "create", "duplicate", "fork", "launch", "make", "mkdtemp", "new", "open(?:dir)?", "spawn", "start", "subscribe", "watch");

/** Methods that get their caller something of its own from an object that is a resource itself; what goes by a noun is a part of it: `page.context()`. Whose a result is. */
export const obtains = beginningWith("adopt", "begin", "borrow", "check[Oo]ut", "claim", "enter", "evaluate", "hold", "join", "lease", "load", "lock", "obtain", "read", "reserve", "split", "take");

/** Functions that make something only where there is none yet: `openOrReveal`, `createOrGet`. Whose a result is. */
export const makesOnlyIfMissing = matching(/^[a-z]+Or[A-Z]/u);

/** Functions that, given a callback, register it: what they give back only takes it off again. Whose a result is. */
export const registers = beginningWith("subscribe");

/** Functions that set something going which the event loop keeps: nobody at hand has to end it. Whose a result is. */
export const leavesRunning = beginningWith("listen");

/** Methods that launch something for a user: an application, a window. Not a bare `launch`, which is the program's own. Whose a result is. */
export const launchesMore = matching(/^launch[A-Z]/u);

/** Methods that set their own object going, beside those that make something else. Whose is what is dropped (`flow/fate/acquisition-fate.ts`). */
export const setsGoing = exactly("connect", "launch", "open", "reconnect", "start");

/** Methods by which an object that is made at once is brought up: where they fail, nothing is open. What may fail while a resource is held (`flow/fate/holder-exits.ts`). */
export const bringsUp = matching(/^[#_]*(?:connect|init|initialize|launch|listen|open|reconnect|setup|start)$/u);

/** Functions that register something: what they give back, if it can do nothing but be released, only takes it off again. Whose a result is. */
export const handsBackRegistration = beginningWith("add", "observe", "on", "once", "push", "register", "schedule", "set", "subscribe", "watch");

/**
 * Functions without a body here that only set something up in memory, and so seldom
 * fail: no connection is opened, no file. A capital is that of a class called without `new`. Narrower than `makes`. What may fail before
 * an object is made (`ownership/classes/construction.ts`).
 */
export const seldomFails = matching(/^(?:[A-Z]|create|make|new|subscribe|watch)/u);

/** Makers whose names say that what they make is open at once, though nobody waits for it: `createConnection`. What may hold nothing before it is used (`ownership/owners/acquisition.ts`). */
export const opensAtOnce = matching(/(?:Connection|Process|Sock(?:et)?|Stream|Subscription|Timer|Watch(?:er)?|Worker)$|^(?:acquire|connect|fork|launch|mkdtemp|open|spawn|subscribe|watch)/u);

/** Methods by which a builder is told to give what others have too: `withReuse()`. What speaks against owning its result. */
export const asksForShared = matching(/[Rr]euse|^(?:as|use|with)?[Ss]hare(?:d|$)/u);

/** Methods that find something by what tells it from all others: `getById`. What is released so was started somewhere else, too: what speaks against owning it. */
export const findsByKey = matching(/^(?:find|get)By(?:Id|Key|Name|Ur[il])$/u);

/** Questions whether something is open: what is opened behind one was open already. What speaks against owning it. */
export const asksWhetherOpen = beginningWith("has", "is");
