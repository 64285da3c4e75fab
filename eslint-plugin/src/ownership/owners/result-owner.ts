/** Who owns the result of a call, how surely, and what decided it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Callee, Code } from "../../code.js";
import { handsBackRegistration, leavesRunning, lends, looksUp, makes, launchesMore, makesOnlyIfMissing, obtains, registers } from "../../lexicon/acquiring.js";
import { handsBackFirst } from "../../lexicon/language.js";
import { needsDisposal } from "../../resource.js";
import type { CallNode } from "../../syntax.js";
import { beginsWithGiven, calleeName, rootOf } from "../values/callee.js";
import { propertyName } from "../values/destination.js";
import { isFunction } from "../values/functions.js";
import { hasDisposer, sourceOfBody } from "./body-source.js";
import { undecided, type Judgement, type ResultOwner, type Source } from "./judgement.js";
import { isKeptByItsConstructor } from "./kept-instance.js";

/**
 * Who owns the result of a call (RULES.md, "Who owns the result of a call"). Asked
 * only of calls whose result is a resource.
 */
export function resultOwner(code: Code, call: CallNode): ResultOwner {
  return judgeResult(code, call).owner;
}

/**
 * The same with its grade and with what decided it: the first question that has an
 * answer. An undecided body passes the question on; where nothing speaks against it,
 * a call made its result for its caller.
 */
export function judgeResult(code: Code, call: CallNode): Judgement {
  const name = calleeName(call);
  const set = name === null ? null : ownerBySetting(code, name);
  if (set !== null) return certain(set, "setting");
  const callee = code.types?.callee(call) ?? null;
  if (call.type === "NewExpression") return callee === null ? certain("owned", "new") : judgeInstance(code, call, callee);
  if (callee === null) return judgeByName(code, null, name ?? "", call);
  return judgeCallee(code, callee, name ?? callee.name, call);
}

function certain(owner: ResultOwner, by: Judgement["by"]): Judgement {
  return { owner, grade: "certain", by };
}

function likely(owner: ResultOwner, by: Judgement["by"]): Judgement {
  return { owner, grade: "likely", by };
}

/**
 * Whether the result of a call may be owned at all, by the name of what is
 * called: the question that spares most calls every other one.
 */
export function mayBeOwned(code: Code, call: CallNode): boolean {
  const { types } = code;
  if (types === null) return false;
  const { callee } = call;
  if (call.type === "CallExpression") return types.calleeCanReturnResource(callee);
  const name = callee.type === "MemberExpression" ? propertyName(callee) : null;
  return types.typeCanBeResource(callee.type === "Identifier" ? callee.name : (name ?? ""));
}

function ownerBySetting({ settings }: Code, name: string): "borrowed" | "owned" | null {
  if (settings.ownedCalls.has(name)) return "owned";
  return settings.borrowedCalls.has(name) ? "borrowed" : null;
}

/** Who owns what a function returns, when it is passed on by reference: `map(connect)`. */
export function judgeReference(code: Code, callee: Callee, name: string): Judgement {
  const set = ownerBySetting(code, name);
  return set === null ? judgeCallee(code, callee, name, null) : certain(set, "setting");
}

/** @param call the call itself; `null` for a function that is passed on */
function judgeCallee(code: Code, callee: Callee, name: string, call: CallNode | null): Judgement {
  if (callee.tags.has("owned")) return certain("owned", "tag");
  if (callee.tags.has("borrowed")) return certain("borrowed", "tag");
  if (isManagers(code, callee)) return certain("owned", "name");
  if (registers(name) && call?.arguments.some(isFunction) === true) return likely("unknown", "name");
  const source = sourceByBody(code, callee);
  if (source === "itself") return { owner: "unknown", grade: "likely", by: "nothing" };
  if (source !== null && source.called !== null) return call === null ? likely("unknown", "callback") : judgeCallback(code, call, source.called);
  if (source?.owner === "unknown" && source.isLent) return likely("unknown", "body");
  if (source !== null && source.owner !== "unknown") {
    const named = source.grade === "likely" && source.owner === "owned" && makes(name);
    return { owner: source.owner, grade: named ? "certain" : source.grade, by: "body" };
  }
  if (callee.handsBackItself && leavesRunning(name)) return likely("unknown", "name");
  if (callee.handsBackItself) return certain("passthrough", "signature");
  if (callee.handsBackResult && call?.arguments.some(isFunction) !== true) return lends(name) || call?.arguments.some((each) => isLentBy(code, each)) === true ? likely("unknown", "name") : likely("owned", "callback");
  if (callee.handsBackItsInput || callee.handsBackResult) return call === null ? certain("passthrough", "signature") : judgeBound(code, call);
  return judgeByName(code, callee, name, call);
}

/** The functions whose bodies are being read, outermost first. */
const reading: Callee[] = [];
/** The place of the outermost of them that calls below have led back to. */
let met = Infinity;
const deepestCall = 24;

const sources = new WeakMap<object, Source>();
/** What was found on the way to an answer that is not final, so that no body is read twice for one. */
const found = new Map<Callee, { readonly source: Source | null; readonly met: number }>();

/**
 * What the body of a callee says; `null` where it is not seen, or too far away, and
 * `itself` where it is being read already: what calls itself gives what its other ways
 * give. What rests on such a gap is kept for as long as the outermost function of that
 * circle is read, and found anew by whoever asks next: no answer depends on which of them
 * was asked first.
 */
function sourceByBody(code: Code, callee: Callee): Source | "itself" | null {
  const known = sources.get(callee);
  if (known !== undefined) return known;
  const before = found.get(callee);
  if (before !== undefined) {
    met = Math.min(met, before.met);
    return before.source ?? "itself";
  }
  const body = code.types?.body(callee) ?? null;
  if (body === null) return null;
  const level = reading.length;
  const at = reading.indexOf(callee);
  if (at !== -1) {
    met = Math.min(met, at);
    return "itself";
  }
  if (level > deepestCall) return null;
  const around = met;
  met = Infinity;
  reading.push(callee);
  try {
    const source = sourceOfBody(body.code, body.node, judgeResult);
    if (met < level) {
      found.set(callee, { source, met });
      return source ?? "itself";
    }
    for (const [each, { met: outer }] of found) if (outer >= level) found.delete(each);
    met = Infinity;
    sources.set(callee, source ?? undecided);
    return source ?? undecided;
  } finally {
    reading.length = level;
    met = Math.min(met, around);
    if (level === 0) found.clear();
  }
}

/** What a function that calls its argument gives is whatever that gives. */
function judgeCallback(code: Code, { arguments: all }: CallNode, index: number): Judgement {
  const callback = all[index];
  if (callback === undefined || !isFunction(callback)) return likely("unknown", "callback");
  const { called, grade, owner } = sourceOfBody(code, callback, judgeResult) ?? undecided;
  return called === null && owner !== "passthrough" ? { owner, grade, by: "callback" } : likely("unknown", "callback");
}

/** Whether a function that is passed on gives what is somebody else's. */
function isLentBy(code: Code, given: TSESTree.Node): boolean {
  if (given.type !== "Identifier" && given.type !== "MemberExpression") return false;
  const reference = code.types?.reference(given) ?? null;
  const name = given.type === "Identifier" ? given.name : (propertyName(given) ?? "");
  const owner = reference === null ? null : judgeReference(code, reference.callee, name).owner;
  return owner === "borrowed" || owner === "unknown";
}

/** A type parameter is bound by an argument: by a value, which is handed back, or by what a callback gives. */
function judgeBound(code: Code, call: CallNode): Judgement {
  const index = call.arguments.findIndex(isFunction);
  const { grade, owner } = index === -1 ? { owner: "passthrough" as const, grade: "certain" as const } : judgeCallback(code, call, index);
  return owner === "owned" && grade === "certain" ? likely("owned", "callback") : certain("passthrough", "signature");
}

/** Whether a call gives what a manager holds: the value that it lends, and its disposal. */
export function isGivenByManager(code: Code, call: TSESTree.Node): boolean {
  const callee = call.type === "CallExpression" ? (code.types?.callee(call) ?? null) : null;
  return callee !== null && isManagers(code, callee);
}

/** The declared result of a manager helper is the signature of what it makes. */
function isManagers({ settings }: Code, { name }: Callee): boolean {
  return settings.managerHelpers.has(name);
}

function judgeInstance(code: Code, call: TSESTree.NewExpression, callee: Callee): Judgement {
  if (callee.tags.has("borrowed")) return certain("borrowed", "tag");
  // Which class a field holds is known to nobody here, nor what its constructor does with `this`.
  if (rootOf(call.callee).type === "ThisExpression" && call.callee.type !== "ThisExpression" && code.types?.body(callee) == null) return likely("owned", "new");
  return certain(isKeptByItsConstructor(code, callee) ? "shared" : "owned", "new");
}

/**
 * A function without a body that decides: makers are certain, lenders undecided, and
 * of all others the declared type says that they gave the caller what it has to end.
 */
function judgeByName(code: Code, callee: Callee | null, name: string, call: CallNode | null): Judgement {
  if (lends(name) || (looksUp(name) && !makes(name) && !obtains(name)) || makesOnlyIfMissing(name) || leavesRunning(name) || startsForUser(code, name, call) || isRegistration(callee, name, call)) return likely("unknown", "name");
  if (callee?.origin === "lib") return judgeLibrary(name, call);
  if (makes(name)) return certain("owned", "name");
  if (call !== null && isPartOfReceiver(code, name, call)) return likely("unknown", "signature");
  return callee?.declaresDisposable === true ? certain("owned", "signature") : likely("owned", "type");
}

/** `this.browser.launchApp(id)`: what a user goes on with lives in its long-lived parent, not in who launched it. */
function startsForUser(code: Code, name: string, call: CallNode | null): boolean {
  return launchesMore(name) && call?.callee.type === "MemberExpression" && beginsWithGiven(code, call.callee);
}

/** Whether a call registers something, and gives back no more than the way to take it off again. */
function isRegistration(callee: Callee | null, name: string, call: CallNode | null): boolean {
  const isGivenCallback = call?.arguments.some(isFunction) === true;
  return callee?.returnsBareHandle === true && (isGivenCallback || handsBackRegistration(name) || call?.callee.type === "MemberExpression");
}

/**
 * Whether a method gives its own object, as builders do that do not say `this`, or a
 * part that ends with it: a method without a verb that makes or obtains, of an object
 * that is itself a resource.
 */
function isPartOfReceiver({ types }: Code, name: string, { callee }: CallNode): boolean {
  return callee.type === "MemberExpression" && !obtains(name) && types !== null && needsDisposal(types.resource(callee.object).kind);
}

/** The language's own functions give what they were given, or what a collection has. */
function judgeLibrary(name: string, call: CallNode | null): Judgement {
  if (handsBackFirst(name)) return call?.arguments.some(hasDisposer) === true ? certain("owned", "signature") : certain("passthrough", "signature");
  return makes(name) ? certain("owned", "name") : likely("unknown", "name");
}
