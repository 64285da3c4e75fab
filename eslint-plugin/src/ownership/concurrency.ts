import type { TSESTree } from "@typescript-eslint/utils";

import type { CallNode, Code, FunctionNode } from "../code.js";
import { acquisitionIn, callText, type Acquisition } from "./acquire.js";
import { referenceOwner, returnedBy } from "./borrow.js";
import { propertyName, unwrap } from "./destination.js";
import { declaratorOf, isFunction, ownerFunction, variableOf } from "./references.js";
import { argumentOwner, usesOf } from "./transfer.js";
import { isCombinator } from "./uses.js";

/** Acquisitions that run at the same time, so that one failure loses the others. */
export interface Concurrent {
  readonly combinator: "all" | "any" | "race";
  /** What each acquires, as messages name it. */
  readonly type: string;
  readonly text: string;
  readonly kind: "async" | "sync";
  /** Each element of the array literal that is an acquisition; empty for a mapped array. */
  readonly elements: readonly Acquisition[];
  /** The results are registered on a stack of the scope around, which is disposed before the late ones arrive. */
  readonly onStack: boolean;
}

/** The concurrent acquisitions that a `Promise.all`, `any` or `race` waits for; silent without types. */
export function concurrentAcquisitions(code: Code, call: CallNode): Concurrent | null {
  if (code.types === null || !isCombinator(call)) return null;
  const combinator = propertyName(call.callee as TSESTree.MemberExpression);
  if (combinator !== "all" && combinator !== "any" && combinator !== "race") return null;
  const [list] = call.arguments;
  if (list === undefined) return null;
  const found = list.type === "ArrayExpression" ? literal(code, list) : mapped(code, unwrap(list));
  return found === null ? null : { combinator, ...found };
}

type Found = Omit<Concurrent, "combinator">;

function described({ resource, text }: Pick<Acquisition, "resource" | "text">, rest: Pick<Found, "elements" | "onStack">): Found {
  return { type: resource.name, text, kind: resource.kind === "sync" ? "sync" : "async", ...rest };
}

function literal(code: Code, list: TSESTree.ArrayExpression): Found | null {
  const running = list.elements.filter((element) => element !== null && unwrap(element).type !== "Literal" && element.type !== "AwaitExpression");
  if (running.length < 2) return null;
  const elements: Acquisition[] = [];
  let onStack = false;
  for (const element of running) {
    if (element === null || element.type === "SpreadElement") continue;
    const registered = registeredIn(code, element);
    onStack ||= registered !== null;
    const acquisition = registered ?? acquisitionIn(code, element);
    if (acquisition?.resource.promised === true) elements.push(acquisition);
  }
  const [first] = elements;
  return first === undefined ? null : described(first, { elements: onStack ? [] : elements, onStack });
}

/** `open().then((c) => stack.use(c))`: the acquisition, if it is one. */
function registeredIn(code: Code, element: TSESTree.Node): Acquisition | null {
  if (element.type !== "CallExpression" || element.callee.type !== "MemberExpression" || propertyName(element.callee) !== "then") return null;
  const [callback] = element.arguments;
  if (callback === undefined || !isFunction(callback)) return null;
  const registers = returnedBy(code, callback).some((value) => value.type === "CallExpression" && value.callee.type === "MemberExpression" && propertyName(value.callee) === "use");
  return registers ? acquisitionIn(code, element.callee.object) : null;
}

/** `xs.map(open)`, `xs.map((x) => open(x))`, `xs.map(async (x) => stack.use(await open(x)))`. */
function mapped(code: Code, list: TSESTree.Node): Found | null {
  if (list.type !== "CallExpression" || list.callee.type !== "MemberExpression" || propertyName(list.callee) !== "map") return null;
  const [callback] = list.arguments;
  if (callback === undefined) return null;
  if (isFunction(callback)) return fromCallback(code, callback);
  if (callback.type !== "Identifier" && callback.type !== "MemberExpression") return null;
  const reference = code.types?.reference(callback) ?? null;
  if (reference === null) return null;
  const { callee, resource } = reference;
  if ((resource.kind !== "async" && resource.kind !== "sync") || !resource.promised) return null;
  const name = callback.type === "Identifier" ? callback.name : (propertyName(callback) ?? callee.name);
  if (referenceOwner(code, callee, name) !== "owned") return null;
  return described({ resource, text: callText(code, { ...list, callee: callback }) }, { elements: [], onStack: false });
}

function fromCallback(code: Code, callback: FunctionNode): Found | null {
  const values = returnedBy(code, callback);
  for (const value of values) {
    const registered = unwrap(value);
    if (registered.type === "CallExpression" && registered.callee.type === "MemberExpression" && propertyName(registered.callee) === "use") {
      const [argument] = registered.arguments;
      const acquisition = argument === undefined ? null : acquisitionIn(code, argument);
      if (acquisition !== null && argumentOwner(code, registered, 0) === "takes") return described(acquisition, { elements: [], onStack: true });
      continue;
    }
    const acquisition = acquisitionIn(code, value) ?? heldIn(code, value, callback);
    const isPromise = callback.async || acquisition?.resource.promised === true;
    if (acquisition !== null && isPromise) return described(acquisition, { elements: [], onStack: false });
  }
  return null;
}

/** A local of the callback that it acquires and only returns. */
function heldIn(code: Code, value: TSESTree.Node, callback: FunctionNode): Acquisition | null {
  const variable = value.type === "Identifier" ? variableOf(code, value) : null;
  const init = variable === null ? null : declaratorOf(variable)?.init;
  if (variable === null || init == null || ownerFunction(variable) !== callback) return null;
  const isHandedOut = usesOf(code, variable).every(({ how, via }) => how === "borrowed" || how === "disposed" || via === "return");
  return isHandedOut ? acquisitionIn(code, init) : null;
}
