/** Who owns an argument after a call? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code, FunctionInCode } from "../../code.js";
import { asksWhetherOpen } from "../../lexicon/acquiring.js";
import { isLogger, keepsInLibrary, looksAt, prints } from "../../lexicon/holding.js";
import { handsBackFirst } from "../../lexicon/language.js";
import { isAssertion } from "../../lexicon/testing.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { managerBy } from "../generators/manager.js";
import { calleeName, rootName } from "../values/callee.js";
import { isYielded } from "../values/destination.js";
import { isFunction } from "../values/functions.js";
import { declaratorOf, variableOf } from "../values/variables.js";
import { effectsOfPattern, followReferences, followVariable } from "./follow.js";
import type { ArgumentOwner, Use } from "./use.js";

/**
 * Who owns an argument after the call (RULES.md, "Who owns an argument after a
 * call": tag or setting, body, declared parameter, else unknown).
 */
export function argumentOwner(code: Code, call: CallNode, index: number): ArgumentOwner {
  const { types, settings } = code;
  if (types === null) return "unknown";
  const callee = types.callee(call);
  const name = calleeName(call);
  if (name !== null && settings.takesOwnership.has(name)) return "takes";
  if (callee === null) return call.type === "NewExpression" ? "takes" : "unknown";
  if (callee.tags.has("takesOwnership")) return "takes";
  const body = types.body(callee);
  if (call.type === "CallExpression" && isAssertion(rootName(call.callee)) && !(body !== null && keepsOrEnds(body, index))) return "borrows";
  const told = body === null ? "unknown" : parameterOwner(body.code, body.node, index, callee);
  if (told !== "unknown" || onlyLooks(call, name)) return told === "unknown" ? "borrows" : told;
  if (body !== null) return "unknown";
  const manager = managerCalledBy(code, call);
  // What a manager yields of its argument is its caller's still, and its caller's to judge.
  if (manager !== null) return parameterOwner(code, manager, index, manager, isLent) === "borrows" ? "borrows" : "unknown";
  if (callee.origin === "lib" || callee.module === "console") {
    if (keepsInLibrary(callee.name)) return "takes";
    if (prints(callee.name) || looksAt(callee.name)) return "borrows";
    if (handsBackFirst(callee.name) && index === 0) return "passthrough";
  }
  const role = types.parameterRole(call, index);
  return role === "disposable" || role === "constructor" ? "takes" : "unknown";
}

/** Whether a function that is called like an assertion ends its argument or keeps it, rather than to throw it with its error. */
function keepsOrEnds({ code, node }: FunctionInCode, index: number): boolean {
  const parameter = node.params[index];
  const variable = parameter?.type === "Identifier" ? variableOf(code, parameter) : null;
  return variable !== null && followVariable(code, variable, argumentOwner).some(({ at, how, via }) => how === "disposed" || via === "store" || via === "closure" || (via === "argument" && how === "transferred" && at.type === "CallExpression"));
}

/** Whether a function only looks at what it is given, by its name: a question, a logger. */
function onlyLooks({ callee, type }: CallNode, name: string | null): boolean {
  if (type === "NewExpression") return false;
  const root = rootName(callee);
  return (callee.type === "Identifier" && asksWhetherOpen(name)) || (prints(name) && (callee.type === "Identifier" || isLogger(root)));
}

/** The generator of the manager that a call enters, where a constant of the same file is given it by a helper. */
function managerCalledBy(code: Code, { callee, type }: CallNode): FunctionNode | null {
  const variable = type === "CallExpression" && callee.type === "Identifier" ? variableOf(code, callee) : null;
  const declarator = variable === null ? null : declaratorOf(variable);
  const made = declarator?.parent.kind === "const" && declarator.id.type === "Identifier" ? declarator.init : null;
  return made?.type === "CallExpression" ? (managerBy(code, made)?.body ?? null) : null;
}

/** Whether a use is that of a function which a manager lends to its scope, and which only works with the resource. */
function isLent(code: Code, { at, reference, via }: Use): boolean {
  return via === "closure" && isFunction(at) && isYielded(at) && followReferences(code, [reference], at, argumentOwner).every(({ how }) => how === "borrowed");
}

const owners = new WeakMap<object, Map<number, ArgumentOwner>>();

/** What a function's body does with a parameter, remembered per declaration. */
function parameterOwner(code: Code, node: FunctionNode, index: number, declaration: object, isKept: (code: Code, use: Use) => boolean = () => false): ArgumentOwner {
  const answers = owners.get(declaration) ?? new Map<number, ArgumentOwner>();
  owners.set(declaration, answers);
  const known = answers.get(index);
  if (known !== undefined) return known;
  answers.set(index, "unknown"); // a cycle of calls ends here
  const answer = readParameter(code, node.params[index], isKept);
  answers.set(index, answer);
  return answer;
}

/** @param isKept whether a use leaves the resource with the function's caller */
function readParameter(code: Code, parameter: TSESTree.Parameter | undefined, isKept: (code: Code, use: Use) => boolean): ArgumentOwner {
  if (parameter === undefined) return "unknown";
  if (parameter.type === "TSParameterProperty") return "takes";
  const id = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  if (id.type === "ObjectPattern") return effectsOfPattern({ code, ask: argumentOwner, depth: 0 }, id, id, () => true).some(({ how }) => how !== "borrowed") ? "unknown" : "borrows";
  const variable = id.type === "Identifier" ? variableOf(code, id) : null;
  if (variable === null) return "unknown";
  const discharges = followVariable(code, variable, argumentOwner).filter((use) => use.how !== "borrowed" && !isKept(code, use));
  if (discharges.length === 0) return "borrows";
  if (discharges.every(({ how, via }) => how === "transferred" && via === "return")) return "passthrough";
  if (discharges.some(({ how, via }) => how === "disposed" || (how === "transferred" && via !== "return"))) return "takes";
  return "unknown";
}
