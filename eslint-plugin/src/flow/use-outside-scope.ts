/** Is a scoped resource used by another name after the end of its block? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { worksAfterEnd } from "../lexicon/living.js";
import { isGivenByManager } from "../ownership/owners/result-owner.js";
import { argumentOwner } from "../ownership/uses/argument-owner.js";
import { calleeName } from "../ownership/values/callee.js";
import { callOf, destinationOf, isNothing, propertyName, throughLiterals, unwrap, type Destination } from "../ownership/values/destination.js";
import { closureAround, isInside } from "../ownership/values/functions.js";
import { declaratorOf, ownerFunction, readsOf, scopedBy, variableOf, writesOf, type Variable } from "../ownership/values/variables.js";
import type { CallNode } from "../syntax.js";
import { dischargedBefore, heldBy } from "./discharged-before.js";
import { works } from "./open-use.js";
import { scopeOf, type Scope } from "./scope.js";
import type { Tracked } from "./walk/tracked.js";

/** A use of a variable that was given a scoped resource inside a block, after the end of that block. */
export interface UseOutside {
  /** The call, or the view of it, that finds it closed; where it is handed out, the variable. */
  readonly at: CallNode | TSESTree.Identifier | TSESTree.MemberExpression;
  readonly alias: Variable;
  /** At whose end the resource is disposed. */
  readonly block: TSESTree.Node;
}

/** The first use of a scoped resource by another name after its block, on every way that leads there. */
export function useOutside(code: Code, scoped: Variable): UseOutside | null {
  const around = scoped.scope.block as TSESTree.Node;
  const block = around.type === "ForOfStatement" ? around.body : around;
  if (block.type !== "BlockStatement" || scopedBy(scoped) === null) return null;
  const init = declaratorOf(scoped)?.init;
  const holdsLent = init != null && isGivenByManager(code, unwrap(init));
  for (const read of readsOf(scoped)) {
    const given = givenOutside(code, scoped, read, block);
    const use = given === null ? null : useBehind(code, given, block, holdsLent);
    if (use !== null) return use;
  }
  return null;
}

/** Another name that is given a scoped resource and that outlives its block. */
interface Given {
  readonly alias: Variable;
  readonly scope: Scope;
  readonly assignment: TSESTree.AssignmentExpression;
  readonly read: TSESTree.Identifier;
}

/** The name of the same function that a read of the scoped variable is assigned to, if it is given nothing else. */
function givenOutside(code: Code, scoped: Variable, read: TSESTree.Identifier, block: TSESTree.Node): Given | null {
  const home = ownerFunction(scoped);
  const destination = destinationOf(read);
  if (destination.to !== "assigned" || destination.mixed || closureAround(read, home) !== null) return null;
  const { assignment } = destination;
  const alias = assignment.operator === "=" ? variableOf(code, assignment.left) : null;
  const scope = alias === null ? null : scopeOf(alias);
  if (alias === null || scope === null || ownerFunction(alias) !== home || isInside(alias.scope.block, block)) return null;
  if (writesOf(alias).some(({ identifier, value }) => identifier !== assignment.left && value !== null && !isNothing(value))) return null;
  return { alias, scope, assignment, read };
}

/** The first use of such a name that finds its resource closed, whichever way leads there. */
function useBehind(code: Code, { alias, scope, assignment, read }: Given, block: TSESTree.Node, holdsLent: boolean): UseOutside | null {
  const home = ownerFunction(alias);
  const uses = readsOf(alias).flatMap((each) => {
    const isLate = each.range[0] > block.range[1] && closureAround(each, home) === null;
    const at = isLate ? openUseOf(code, alias, each, holdsLent) : null;
    return at === null ? [] : [{ at, each }];
  });
  const others = writesOf(alias).filter(({ identifier, value }) => identifier !== assignment.left && value !== null && declaratorOf(alias)?.id !== identifier);
  const tracked: Tracked = {
    acquisition: read,
    birth: assignment,
    isBorn: false,
    ...heldBy(code, alias),
    discharges: new Set([block]),
    overwrites: new Set(others.map(({ identifier }) => identifier.parent).filter((each) => each !== undefined)),
  };
  const closed = dischargedBefore(code, scope, tracked, new Set(uses.map(({ each }) => each)));
  const late = uses.find(({ each }) => closed.has(each));
  return late === undefined ? null : { at: late.at, alias, block };
}

/** The use of an open resource that a name stands for: a call that works with it, a view that is gone through, or the name itself where it is handed out. */
function openUseOf(code: Code, name: Variable, read: TSESTree.Identifier, holdsLent: boolean): UseOutside["at"] | null {
  const destination = destinationOf(read);
  if (destination.to === "argument") return isGivenToWork(code, destination) ? destination.call : null;
  if (destination.to !== "receiver") return isHandedOut(destination) ? read : null;
  const inner = destinationOf(destination.member);
  if (isGoneThrough(inner) && isView(code, destination.member)) return destination.member;
  // What a manager lends, its `value`, ends with the scope of its holder.
  const isLent = holdsLent && propertyName(destination.member) === "value" && inner.to === "receiver";
  const call = callOf(isLent ? inner.member : destination.member);
  return call !== null && works(code, name, call, calleeName(call) ?? "") ? call : null;
}

/** Whether a function whose body is known, and that is waited for, works with its argument. */
function isGivenToWork(code: Code, { call, index, spread }: Extract<Destination, { readonly to: "argument" }>): boolean {
  return !spread && destinationOf(call).awaited && !worksAfterEnd(calleeName(call)) && argumentOwner(code, call, index) === "borrows";
}

/** Whether a member works only while its resource is open; a stream, which is a resource itself, may still have something. */
function isView({ types }: Code, member: TSESTree.MemberExpression): boolean {
  return types?.isLazyView(member) === true && types.resource(member).kind === "none";
}

/** `for await (const row of conn.rows)`, `yield* conn.rows`. */
function isGoneThrough(destination: Destination): boolean {
  if (destination.to === "iterated") return destination.loop.await;
  const { parent } = destination.value;
  return parent?.type === "YieldExpression" && parent.delegate;
}

function isHandedOut(destination: Destination): boolean {
  const { to } = throughLiterals(destination);
  return to === "returned" || to === "yielded";
}
