/** What becomes of a resource that a variable gets? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isManaged } from "../../ownership/generators/manager.js";
import { acquisitionBy, acquisitionIn, type Acquisition } from "../../ownership/owners/acquisition.js";
import { usesOf } from "../../ownership/uses/uses.js";
import type { Use } from "../../ownership/uses/use.js";
import { isNothing, isYielded, unwrap } from "../../ownership/values/destination.js";
import { functionAround, isFunction } from "../../ownership/values/functions.js";
import { declaratorOf, ownerFunction, scopedBy, variableOf, type Variable } from "../../ownership/values/variables.js";
import { isMeantToFail } from "../../ownership/waiting/expected-failure.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { scopeOf } from "../scope.js";
import { liveExits } from "../walk/live-exits.js";
import { settled, type Fate } from "./fate.js";
import { trackedBy } from "./holder-exits.js";
import type { Ahead, Holder } from "./holder.js";
import { withMereUses } from "./mere-uses.js";
import { verdict } from "./verdict.js";

/** Where a variable gets the value of a call. */
export interface Binding {
  readonly awaited: boolean;
  readonly binding: TSESTree.Identifier;
  readonly birth: TSESTree.AssignmentExpression | TSESTree.VariableDeclarator;
}

/** The fate of what a call acquires for a variable; *settled* where the variable has an owner, or another life, of its own. */
export function heldFate(code: Code, call: CallNode, { awaited, binding, birth }: Binding, ahead: Ahead | null): Fate {
  const variable = variableOf(code, binding);
  const around = functionAround(call);
  if (variable === null || around === null || ownerFunction(variable) !== around || scopedBy(variable) !== null) return settled;
  const scope = scopeOf(variable);
  if (scope === null || startsWithAnother(code, variable, birth)) return settled;
  const found = acquisitionBy(code, call);
  const choice = found === null ? null : choiceOf(code, call, birth, found);
  if (choice === null) return settled;
  const { acquisition, given } = choice;
  // A test that wants to see the acquisition fail has nothing to dispose.
  if (isMeantToFail(code, call)) return settled;
  const uses = [...usesBy(code, variable, around), ...(ahead === null ? [] : [disposalAhead(ahead)])];
  const known: Holder = {
    acquisition,
    variable,
    name: binding.name,
    binding,
    declaration: birth.type === "VariableDeclarator" ? birth.parent : null,
    promised: acquisition.resource.promised && !awaited,
    uses,
    given,
  };
  if (uses.some((use) => isUnknownFromBirth(use, birth, variable))) return settled;
  const holder = { ...known, uses: withMereUses(code, known, birth, scope) };
  const exits = liveExits(code, scope.body, scope.end, trackedBy(code, holder, birth, ahead));
  const fate = exits === null ? settled : verdict(code, holder, exits);
  // Who disposes what is given on some way may tell the two apart.
  return given === null || fate.is === "undischarged" ? fate : settled;
}

interface Choice {
  readonly acquisition: Acquisition;
  readonly given: TSESTree.Expression | null;
}

/**
 * Among what else a variable gets a call is chosen: alone, or among others that are
 * acquired too, of which the first speaks for all; what is given is somebody else's,
 * and then the variable is only likely looked after here.
 */
function choiceOf(code: Code, call: CallNode, birth: Binding["birth"], acquisition: Acquisition): Choice | null {
  const value = birth.type === "VariableDeclarator" ? birth.init : null;
  const others = value === null ? [] : alternativesIn(value).filter((each) => unwrap(each) !== call && !isNothing(each));
  if (others.some(({ type }) => /Literal$|^(?:Array|Object)Expression$/u.test(type))) return null;
  // What is only likely acquired beside this is more likely given.
  const acquired = others.map((each) => acquisitionIn(code, each)).map((each) => (each?.grade === "likely" ? null : each));
  const given = others.find((_, index) => acquired[index] === null);
  if (given !== undefined) return acquired.some((each) => each !== null) ? null : { acquisition: { ...acquisition, grade: "likely", by: "given" }, given };
  const isFirst = acquired.every((each) => each !== null && each.call.range[0] > call.range[0] && each.resource.kind === acquisition.resource.kind);
  return isFirst ? { acquisition, given: null } : null;
}

/** The values of which an expression is one. */
function alternativesIn(expression: TSESTree.Expression): readonly TSESTree.Expression[] {
  const value = unwrap(expression) as TSESTree.Expression;
  if (value.type === "ConditionalExpression") return [value.consequent, value.alternate].flatMap(alternativesIn);
  if (value.type !== "LogicalExpression") return [value];
  return value.operator === "&&" ? alternativesIn(value.right) : [value.left, value.right].flatMap(alternativesIn);
}

/** The uses of a variable in its function. */
function usesBy(code: Code, variable: Variable, around: FunctionNode): readonly Use[] {
  const uses = usesOf(code, variable);
  return isManaged(code, around) ? withoutLending(uses) : uses;
}

function disposalAhead({ reference }: Ahead): Use {
  return { how: "disposed", via: "method", at: reference, reference };
}

/** The uses in the generator of a manager, which keeps what it yields, where it does nothing else that could discharge it. */
function withoutLending(uses: readonly Use[]): readonly Use[] {
  const isLent = ({ at, how, via }: Use): boolean => how !== "disposed" && (via === "return" || via === "literal") && isYielded(at);
  return uses.every((use) => use.how === "borrowed" || isLent(use)) ? uses.map((use) => ({ ...use, how: "borrowed" })) : uses;
}

/** What a parameter or an initialiser may give belongs to somebody else: optional injection (RULES.md, F16). */
function startsWithAnother(code: Code, variable: Variable, birth: TSESTree.Node): boolean {
  const declarator = declaratorOf(variable);
  if (declarator === null || declarator === birth) return declarator === null;
  const { init } = declarator;
  return init !== null && !isNothing(init) && acquisitionIn(code, init) === null;
}

/** A hoisted function, or a closure older than the acquisition, may discharge at any time. */
function isUnknownFromBirth(use: Use, birth: TSESTree.Node, variable: Variable): boolean {
  if (use.how === "borrowed" || (use.via !== "closure" && !isFunction(use.at))) return false;
  return use.at.type === "FunctionDeclaration" || use.at.range[0] < birth.range[0] || declaratorOf(variable)?.init == null;
}
