/** What is known of the resource at a place in the code, and what becomes of it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { fateOf } from "../flow/fate/acquisition-fate.js";
import { endingOf } from "../ownership/scopes/scope-end.js";
import { scopedIn } from "../ownership/scopes/scoped-variable.js";
import { registrationBy } from "../ownership/scopes/stack.js";
import type { Use } from "../ownership/uses/use.js";
import { usesOf } from "../ownership/uses/uses.js";
import { isAwaited } from "../ownership/values/closures.js";
import { callOf, destinationOf } from "../ownership/values/destination.js";
import { declaratorOf, scopedBy, variableOf, type Variable } from "../ownership/values/variables.js";
import { needsDisposal, type Resource } from "../resource.js";
import { exitText, scopeText } from "../rules/leak.js";
import { nodeAround, type CallNode } from "../syntax.js";
import { callText, shortened, textOf } from "../text.js";
import { ownershipOf, ownershipOfVariable, transferBy, type Ownership } from "./owner.js";

/** The end of a scope, in words and lines. */
export interface ScopeEnd {
  readonly of: "iteration" | "loop" | "module" | "scope";
  /** The scope as messages name it: `run` in backticks, “the block”. */
  readonly scope: string;
  readonly line: number;
  /** The names of all that the scope disposes, in the order of disposal. */
  readonly order: readonly string[];
  /** Which of them this one is. */
  readonly at: number;
}

/** What becomes of a resource. */
export type Outcome =
  /** A scope disposes it: under its own name, or under that of an alias or a stack; `promised` if the scope is given a promise, which it cannot dispose. */
  | { readonly is: "scoped"; readonly keyword: "await using" | "using"; readonly as: string | null; readonly promised: boolean; readonly end: ScopeEnd }
  | { readonly is: "disposed"; readonly call: string; readonly line: number }
  | { readonly is: "transferred"; readonly by: Use["via"]; readonly to: string | null; readonly line: number }
  /** It is read to its end, which finishes it. */
  | { readonly is: "used-up"; readonly line: number }
  /** It is still open at an exit: on every path, or on some. */
  | { readonly is: "left-open"; readonly at: string }
  /** Nobody holds it. */
  | { readonly is: "floating" };

/** What there is to know about a resource at a place in the code: plain data. */
export interface Explanation {
  /** What the place is: a name, a member, a called name, a keyword. */
  readonly range: readonly [start: number, end: number];
  /** The name of the variable or the member, or the call without arguments. */
  readonly text: string;
  readonly resource: Resource;
  readonly ownership: Ownership;
  readonly outcomes: readonly Outcome[];
}

/** The resources that a place in the code is about: several only for the keyword of several declarators; none for anything else. */
export function explanationsAt(code: Code, offset: number): readonly Explanation[] {
  const node = nodeAround(code, [offset, offset]);
  if (node.type === "VariableDeclaration") return ofKeyword(code, node, offset);
  const explanation = node.type === "Identifier" || node.type === "PrivateIdentifier" ? ofName(code, node) : null;
  return explanation === null ? [] : [explanation];
}

function ofKeyword(code: Code, declaration: TSESTree.VariableDeclaration, offset: number): readonly Explanation[] {
  const { declarations, kind, range } = declaration;
  if (kind !== "using" && kind !== "await using") return [];
  const end = range[0] + (/^(?:await\s+)?using/u.exec(code.text.slice(range[0]))?.[0].length ?? 0);
  if (offset > end) return [];
  return declarations
    .map(({ id }) => ofVariable(code, id, [range[0], end]))
    .filter((explanation) => explanation !== null);
}

function ofName(code: Code, name: TSESTree.Identifier | TSESTree.PrivateIdentifier): Explanation | null {
  const range = [name.range[0], name.range[0] + name.name.length + (name.type === "PrivateIdentifier" ? 1 : 0)] as const;
  const { parent } = name;
  if (parent.type === "MemberExpression" && parent.property === name && !parent.computed) {
    const call = callOf(parent);
    return call === null ? ofMember(code, parent, range) : ofCall(code, call, range);
  }
  if (name.type === "PrivateIdentifier") return null;
  if ((parent.type === "CallExpression" || parent.type === "NewExpression") && parent.callee === name) return ofCall(code, parent, range);
  return namesValue(parent) ? ofVariable(code, name, range) : null;
}

/** Whether a name with this parent stands for a value: a type's name has the type of its values, but is none. */
function namesValue({ type }: TSESTree.Node): boolean {
  if (type.startsWith("TS")) return /^TS(?:As|NonNull|Satisfies)Expression$|^TSTypeAssertion$|^TSParameterProperty$/u.test(type);
  return !/^(?:Class|Import|Export.*Specifier)/u.test(type);
}

function ofVariable(code: Code, identifier: TSESTree.Identifier, range: Explanation["range"]): Explanation | null {
  const variable = variableOf(code, identifier);
  if (variable === null || !variable.defs.some(({ type }) => /^(?:ImportBinding|Parameter|Variable)$/u.test(type))) return null;
  const resource = resourceAt(code, identifier);
  if (resource === null) return null;
  const ownership = ownershipOfVariable(code, variable);
  // What is only borrowed may be handed back, but nobody can give it another owner.
  const isLent = ownership.is === "parameter" && !ownership.taken;
  return { range, text: identifier.name, resource, ownership, outcomes: outcomesOf(code, variable).filter(({ is }) => !isLent || is !== "transferred") };
}

function ofMember(code: Code, member: TSESTree.MemberExpression, range: Explanation["range"]): Explanation | null {
  const resource = resourceAt(code, member);
  return resource === null ? null : { range, text: shortened(textOf(code, member)), resource, ownership: ownershipOf(code, member), outcomes: [] };
}

function ofCall(code: Code, call: CallNode, range: Explanation["range"]): Explanation | null {
  const resource = resourceAt(code, call);
  return resource === null ? null : { range, text: callText(code, call), resource, ownership: ownershipOf(code, call), outcomes: outcomesOfCall(code, call) };
}

function resourceAt({ types }: Code, node: TSESTree.Node): Resource | null {
  const resource = types?.resource(node) ?? null;
  return resource !== null && needsDisposal(resource.kind) ? resource : null;
}

function outcomesOfCall(code: Code, call: CallNode): readonly Outcome[] {
  const destination = destinationOf(call);
  if (destination.to === "declared" && destination.declarator.id.type === "Identifier") {
    const variable = variableOf(code, destination.declarator.id);
    return variable === null ? [] : outcomesOf(code, variable);
  }
  return fateOf(code, call).is === "floating" ? [{ is: "floating" }] : [];
}

function outcomesOf(code: Code, variable: Variable): readonly Outcome[] {
  const keeper = keeperOf(code, variable);
  if (keeper !== null) return scopedOutcome(code, keeper, keeper === variable ? null : keeper.name);
  const fate = fateOfVariable(code, variable);
  const written = usesOf(code, variable).flatMap((use) => outcomeOf(code, use));
  return fate === null ? written : [...written, fate];
}

/** The scoped variable that disposes what a variable holds: itself, or the stack that it was registered with. */
function keeperOf(code: Code, variable: Variable): Variable | null {
  if (scopedBy(variable) !== null) return variable;
  const init = declaratorOf(variable)?.init;
  const call = init == null ? null : callIn(init);
  const stack = call?.type === "CallExpression" ? registrationBy(code, call)?.stack : undefined;
  const holder = stack === undefined ? null : variableOf(code, stack);
  const declaration = holder === null || scopedBy(holder) === null ? null : declaratorOf(holder)?.parent;
  // A stack that moves its members on disposes none of them.
  return declaration != null && scopedIn(code, declaration).some((scoped) => scoped.variable === holder) ? holder : null;
}

function scopedOutcome(code: Code, variable: Variable, as: string | null): readonly Outcome[] {
  const declarator = declaratorOf(variable);
  const keyword = scopedBy(variable);
  const ending = declarator === null ? null : endingOf(declarator.parent);
  if (declarator === null || keyword === null || ending === null) return [];
  const { of, order, scope } = ending;
  const names = order.map(({ id }) => (id.type === "Identifier" ? id.name : textOf(code, id)));
  const promised = code.types?.resource(declarator.id).promised ?? false;
  return [{ is: "scoped", keyword, as, promised, end: { of, scope: scopeText(code, scope), line: scope.loc.end.line, order: names, at: order.indexOf(declarator) } }];
}

function outcomeOf(code: Code, use: Use): readonly Outcome[] {
  const { at, how, via } = use;
  const { line } = at.loc.start;
  const by = transferBy(use);
  if (by !== null) return [{ is: "transferred", by, to: at.type === "CallExpression" || at.type === "NewExpression" ? callText(code, at) : null, line }];
  if (how === "transferred" && via === "iteration") return [{ is: "used-up", line }];
  if (how !== "disposed") return [];
  if (at.type === "VariableDeclarator" && at.id.type === "Identifier") {
    const alias = variableOf(code, at.id);
    return alias === null ? [] : scopedOutcome(code, alias, alias.name);
  }
  return at.type === "CallExpression" ? [{ is: "disposed", call: `${isAwaited(at) ? "await " : ""}${callText(code, at)}`, line }] : [];
}

/** What the rules know about the variable's resource being left open. */
function fateOfVariable(code: Code, variable: Variable): Outcome | null {
  const init = declaratorOf(variable)?.init;
  const call = init == null ? null : callIn(init);
  const fate = call === null ? null : fateOf(code, call);
  switch (fate?.is) {
    case "leaks-on-path":
    case "overwritten":
    case "undischarged":
      return { is: "left-open", at: exitText(code, fate.exit) };
    default:
      return null;
  }
}

function callIn(init: TSESTree.Expression): CallNode | null {
  const value = init.type === "AwaitExpression" ? init.argument : init;
  return value.type === "CallExpression" || value.type === "NewExpression" ? value : null;
}
