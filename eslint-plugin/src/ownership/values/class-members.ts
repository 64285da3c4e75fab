/** Which members does a class have, and where in the class is each of them mentioned? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { nodesIn } from "../../syntax.js";
import { isNothing, propertyName, unwrap } from "./destination.js";
import { symbolOf } from "./dispose-symbol.js";

/** A member expression that has a field's name, and the member of the class in which it stands. */
export interface Mention {
  readonly node: TSESTree.MemberExpression;
  readonly member: TSESTree.ClassElement;
}

export function isConstructor(member: TSESTree.ClassElement): boolean {
  return member.type === "MethodDefinition" && member.kind === "constructor";
}

/** The name that a constructor's parameter declares as a field: `private conn: Conn`. */
export function parameterProperty(parameter: TSESTree.Parameter): TSESTree.Identifier | null {
  if (parameter.type !== "TSParameterProperty") return null;
  return parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter;
}

/** A key that can be compared: a name, or a symbol of `Symbol`. */
export function keyText(key: TSESTree.Node, computed: boolean): string | null {
  const symbol = symbolOf(key, computed);
  if (symbol !== null) return `Symbol.${symbol}`;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  return key.type === "Identifier" && !computed ? key.name : null;
}

/** The first member of a class that has a key; `null` has none. */
export function memberWith({ body }: TSESTree.ClassBody, key: string | null): TSESTree.ClassElement | undefined {
  return key === null ? undefined : body.find((member) => "key" in member && "computed" in member && keyText(member.key as TSESTree.Node, member.computed) === key);
}

const mentions = memory<ReadonlyMap<string, readonly Mention[]>>();

/** The member expressions in a class that have a name, whatever object they are of. */
export function mentionsOf(code: Code, body: TSESTree.ClassBody, name: string): readonly Mention[] {
  const all = mentions(code, body, () => {
    const found = new Map<string, Mention[]>();
    for (const member of body.body) {
      for (const node of nodesIn(code, member)) {
        const named = node.type === "MemberExpression" ? propertyName(node) : null;
        if (node.type !== "MemberExpression" || named === null) continue;
        const list = found.get(named) ?? [];
        list.push({ node, member });
        found.set(named, list);
      }
    }
    return found;
  });
  return all.get(name) ?? [];
}

/** The assignments to a field of `this`. */
export function assignmentsTo(code: Code, body: TSESTree.ClassBody, field: string): readonly TSESTree.AssignmentExpression[] {
  return mentionsOf(code, body, field).flatMap(({ node }) => (isFieldOfThis(node, field) && node.parent.type === "AssignmentExpression" && node.parent.left === node ? [node.parent] : []));
}

/**
 * The position of the constructor's argument that a field holds, if the class
 * never puts anything else there; `null` for every other field.
 */
export function argumentIn(code: Code, body: TSESTree.ClassBody, field: string): number | null {
  const constructor = body.body.find((member): member is TSESTree.MethodDefinition => isConstructor(member));
  const parameters = constructor?.value.params ?? [];
  const [write, another] = assignmentsTo(code, body, field).filter(({ right }) => !isNothing(right));
  const declared = parameters.findIndex((parameter) => parameterProperty(parameter)?.name === field);
  if (declared !== -1) return write === undefined ? declared : null;
  if (write === undefined || another !== undefined || constructor === undefined || write.range[0] < constructor.range[0] || write.range[1] > constructor.range[1]) return null;
  const given = unwrap(write.right);
  const index = parameters.findIndex((parameter) => parameter.type === "Identifier" && given.type === "Identifier" && parameter.name === given.name);
  return index === -1 ? null : index;
}

/** `this.#conn`, for the field `#conn`. */
export function isFieldOfThis(node: TSESTree.Node, field: string): node is TSESTree.MemberExpression {
  return node.type === "MemberExpression" && unwrap(node.object).type === "ThisExpression" && propertyName(node) === field;
}
