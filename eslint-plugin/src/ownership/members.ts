import type { TSESTree } from "@typescript-eslint/utils";

import { nodesIn, type Code } from "../code.js";
import { isNothing, propertyName, unwrap } from "./destination.js";
import { symbolOf } from "./dispose.js";

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

/**
 * The position of the constructor's argument that a field holds, if the class
 * never puts anything else there; `null` for every other field.
 */
export function argumentIn(code: Code, body: TSESTree.ClassBody, field: string): number | null {
  const constructor = body.body.find((member): member is TSESTree.MethodDefinition => isConstructor(member));
  const parameters = constructor?.value.params ?? [];
  const writes = [...nodesIn(code, body)].flatMap((node) => (node.type === "AssignmentExpression" && isFieldOfThis(node.left, field) && !isNothing(node.right) ? [node] : []));
  const [write, another] = writes;
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
