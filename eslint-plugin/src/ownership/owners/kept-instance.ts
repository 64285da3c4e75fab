/** Does a constructor give its object to somebody who may end it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Callee, Code } from "../../code.js";
import { putsOnPage, takesOut } from "../../lexicon/holding.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { isRelease, isReleaseName } from "../release/release-name.js";
import { keyText } from "../values/class-members.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { symbolOf } from "../values/dispose-symbol.js";
import { isFunction } from "../values/functions.js";
import { isGlobal, isParameter, ownerFunction, variableOf } from "../values/variables.js";

const deepest = 3;

/**
 * Whether a constructor hands `this` to somebody who may end it: a registry, a
 * parent, an argument that calls back at its own end, the page, where its own button
 * closes it. Not where the class binds its own methods, gives itself to a part of its
 * own, or registers where its disposer takes it out again: that is what the disposer
 * is for.
 */
export function isKeptByItsConstructor(code: Code, callee: Callee, depth = 0): boolean {
  if (callee.tags.has("borrowed")) return true;
  const body = depth > deepest ? null : (code.types?.body(callee) ?? null);
  if (body === null) return false;
  for (const node of nodesIn(body.code, body.node.body, (at) => at.type !== "FunctionExpression" && at.type !== "FunctionDeclaration")) {
    if (node.type === "ThisExpression" && isGivenAway(body.code, body.node, node)) return true;
    if (node.type === "CallExpression" && node.callee.type === "Super") {
      const base = body.code.types?.callee(node) ?? null;
      if (base !== null && isKeptByItsConstructor(body.code, base, depth + 1)) return true;
    }
  }
  return false;
}

function isGivenAway(code: Code, constructor: FunctionNode, self: TSESTree.ThisExpression): boolean {
  const destination = destinationOf(self);
  switch (destination.to) {
    case "argument":
      return !isBinding(destination.call) && !isOwnPart(destination.call) && !isTakenBack(code, constructor, destination.call);
    case "assigned":
      return !isReset(code, constructor, destination.assignment.left);
    case "literal":
      return true;
    case "receiver":
      return isEndedByArgument(code, constructor, destination.member) || (isPutOnPage(code, destination.member) && endsItself(code, constructor));
    default:
      return false;
  }
}

/** `this.stop = this.stop.bind(this)` */
function isBinding({ callee }: CallNode): boolean {
  return callee.type === "MemberExpression" && propertyName(callee) === "bind" && unwrap(callee.object).type === "MemberExpression";
}

/** `this.#part = new Part(this)`, `this.#part = part(this)`: it ends with its object, at the latest. */
function isOwnPart(call: CallNode): boolean {
  const destination = destinationOf(call);
  const { left } = destination.to === "assigned" ? destination.assignment : { left: null };
  if (left?.type === "MemberExpression" && unwrap(left.object).type === "ThisExpression") return true;
  return call.parent.type === "PropertyDefinition";
}

/** `listeners.add(this)`, where the class has `listeners.delete(this)` too. */
function isTakenBack(code: Code, constructor: FunctionNode, { callee }: CallNode): boolean {
  if (callee.type !== "MemberExpression") return false;
  const registry = code.text.slice(...callee.object.range);
  return partsBeside(code, constructor).some((node) => {
    const call = node.type === "MemberExpression" ? callOf(node) : null;
    return call !== null && node.type === "MemberExpression" && takesOut(withoutObject(propertyName(node))) && code.text.slice(...node.object.range) === registry && call.arguments.some(({ type }) => type === "ThisExpression");
  });
}

/** `remove` of `removeChild` and `removeListener`. */
function withoutObject(name: string | null): string | null {
  return name?.replace(/(?<=[a-z])[A-Z].*$/u, "") ?? null;
}

/** `current = this`, where another member of the class writes `current` again. */
function isReset(code: Code, constructor: FunctionNode, place: TSESTree.Node): boolean {
  const text = code.text.slice(...place.range);
  return partsBeside(code, constructor).some((node) => node.type === "AssignmentExpression" && code.text.slice(...node.left.range) === text);
}

/** All that the class has beside its constructor. */
function partsBeside(code: Code, constructor: FunctionNode): readonly TSESTree.Node[] {
  const body = [...ancestorsOf(constructor)].find((at) => at.type === "ClassBody");
  return body?.type !== "ClassBody" ? [] : body.body.filter((member) => !("value" in member) || member.value !== constructor).flatMap((member) => [...nodesIn(code, member)]);
}

/** `document.body.append(this.#root)`: what the user sees of the object stays there when its maker is done. */
function isPutOnPage(code: Code, part: TSESTree.MemberExpression): boolean {
  const destination = destinationOf(part);
  if (destination.to !== "argument" || destination.call.callee.type !== "MemberExpression" || !putsOnPage(propertyName(destination.call.callee))) return false;
  let root = unwrap(destination.call.callee.object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return root.type === "Identifier" && (isGlobal(code, root) || isOfOthers(code, root));
}

function isOfOthers(code: Code, identifier: TSESTree.Identifier): boolean {
  const variable = variableOf(code, identifier);
  return variable !== null && (isParameter(variable) || ownerFunction(variable) === null);
}

/** Whether the class disposes its object elsewhere than in its disposers: when the user closes it. */
function endsItself(code: Code, constructor: FunctionNode): boolean {
  const body = [...ancestorsOf(constructor)].find((at) => at.type === "ClassBody");
  const members = body?.type === "ClassBody" ? body.body.filter((member) => !isEnd(code, member)) : [];
  return members.some((member) => [...nodesIn(code, member)].some((node) => node.type === "MemberExpression" && node.object.type === "ThisExpression" && isRelease(code, node)));
}

/** Whether a member of a class is one of its ends: a disposer, or a method that releases. */
function isEnd({ settings }: Code, member: TSESTree.ClassElement): boolean {
  const key = "key" in member && "computed" in member ? keyText(member.key, member.computed) : null;
  return key !== null && (key.startsWith("Symbol.") || settings.releaseMethods.has(key));
}

/** `tx.onClose(() => this.close())`: an argument of the constructor ends the object with itself. */
function isEndedByArgument(code: Code, constructor: FunctionNode, member: TSESTree.MemberExpression): boolean {
  const isRelease = symbolOf(member.property, member.computed) !== null || isReleaseName(code, propertyName(member) ?? "");
  const closure = [...ancestorsOf(member)].find(isFunction);
  const destination = !isRelease || closure === undefined || closure === constructor ? null : destinationOf(closure);
  if (destination?.to !== "argument" || destination.call.callee.type !== "MemberExpression") return false;
  let root = unwrap(destination.call.callee.object);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  return variable !== null && isParameter(variable) && ownerFunction(variable) === constructor;
}
