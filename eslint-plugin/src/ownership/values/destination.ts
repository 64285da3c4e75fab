/** Where does the value of an expression go? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { CallNode, FunctionNode } from "../../syntax.js";

/** Where the value of an expression goes: the syntactic question before all others. */
export type Destination = {
  /** The outermost expression that still has the same value, promises looked through. */
  readonly value: TSESTree.Node;
  /** An `await` was passed on the way. */
  readonly awaited: boolean;
  /** The value is one of several that may get there: `given ?? open()`. */
  readonly mixed: boolean;
} & (
  | { readonly to: "argument"; readonly call: CallNode; readonly index: number; readonly spread: boolean }
  | { readonly to: "assigned"; readonly assignment: TSESTree.AssignmentExpression }
  | { readonly to: "declared"; readonly declarator: TSESTree.VariableDeclarator }
  | { readonly to: "discarded"; readonly voided: boolean }
  | { readonly to: "iterated"; readonly loop: TSESTree.ForOfStatement }
  | { readonly to: "literal"; readonly literal: TSESTree.ArrayExpression | TSESTree.ObjectExpression }
  | { readonly to: "other" }
  | { readonly to: "receiver"; readonly member: TSESTree.MemberExpression }
  | { readonly to: "returned"; readonly by: FunctionNode | TSESTree.ReturnStatement }
  | { readonly to: "tested" }
  | { readonly to: "thrown" }
  | { readonly to: "yielded" }
);

/** Where the outermost literal goes that a value is put into, or the value itself. */
export function throughLiterals(destination: Destination): Destination {
  return destination.to === "literal" ? throughLiterals(destinationOf(destination.literal)) : destination;
}

/** Whether a value is only used where it stands: a member of it, or its truth. */
export function staysInPlace({ to }: Destination): boolean {
  return to === "receiver" || to === "tested";
}

/** Whether a value gets another name, or leaves its function. */
export function isKeptOrHandedOut({ to }: Destination): boolean {
  return to === "assigned" || to === "returned" || to === "yielded";
}

/** Follows the value of an expression outwards through everything that hands it on unchanged. */
export function destinationOf(expression: TSESTree.Node): Destination {
  let value = expression;
  let awaited = false;
  let mixed = false;
  for (;;) {
    const parent: TSESTree.Node | null | undefined = value.parent;
    if (parent == null) return { value, awaited, mixed, to: "other" };
    switch (parent.type) {
      case "AwaitExpression":
        awaited = true;
        break;
      case "ChainExpression":
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        break;
      case "ConditionalExpression":
        if (parent.test === value) return { value, awaited, mixed, to: "tested" };
        mixed ||= !isNothing(parent.consequent === value ? parent.alternate : parent.consequent);
        break;
      case "LogicalExpression":
        if (parent.left === value && parent.operator === "&&") return { value, awaited, mixed, to: "tested" };
        mixed ||= parent.operator !== "&&" && !isNothing(parent.left === value ? parent.right : parent.left);
        break;
      case "SequenceExpression":
        if (parent.expressions.at(-1) !== value) return { value, awaited, mixed, to: "discarded", voided: false };
        break;
      default:
        return { value, awaited, mixed, ...final(value, parent) };
    }
    value = parent;
  }
}

type Final = Destination extends infer D ? (D extends unknown ? Omit<D, "awaited" | "mixed" | "value"> : never) : never;

function final(value: TSESTree.Node, parent: TSESTree.Node): Final {
  switch (parent.type) {
    case "ArrowFunctionExpression":
      return parent.body === value ? { to: "returned", by: parent } : { to: "other" };
    case "ArrayExpression":
      return { to: "literal", literal: parent };
    case "AssignmentExpression":
      if (parent.left === value) return { to: "tested" };
      return parent.operator === "+=" ? { to: "other" } : { to: "assigned", assignment: parent };
    case "BinaryExpression":
    case "DoWhileStatement":
    case "IfStatement":
    case "SwitchCase":
    case "SwitchStatement":
    case "TemplateLiteral":
    case "WhileStatement":
      return { to: "tested" };
    case "CallExpression":
    case "NewExpression":
      return parent.callee === value ? { to: "other" } : { to: "argument", call: parent, index: parent.arguments.indexOf(value as never), spread: false };
    case "ExpressionStatement":
      return { to: "discarded", voided: false };
    case "ForOfStatement":
      return parent.right === value ? { to: "iterated", loop: parent } : { to: "other" };
    case "ForStatement":
      return parent.test === value ? { to: "tested" } : parent.body === value ? { to: "other" } : { to: "discarded", voided: false };
    case "MemberExpression":
      return parent.object === value ? { to: "receiver", member: parent } : { to: "tested" };
    case "Property":
      return parent.value === value && parent.parent.type === "ObjectExpression" ? { to: "literal", literal: parent.parent } : { to: "other" };
    case "ReturnStatement":
      return { to: "returned", by: parent };
    case "SpreadElement":
      if (parent.parent.type === "CallExpression" || parent.parent.type === "NewExpression") {
        return { to: "argument", call: parent.parent, index: parent.parent.arguments.indexOf(parent), spread: true };
      }
      return { to: "literal", literal: parent.parent };
    case "ThrowStatement":
      return { to: "thrown" };
    case "UnaryExpression":
      return parent.operator === "void" ? { to: "discarded", voided: true } : { to: "tested" };
    case "VariableDeclarator":
      return { to: "declared", declarator: parent };
    case "YieldExpression":
      return { to: "yielded" };
    default:
      return { to: "other" };
  }
}

/** Whether a generator yields a value, alone or inside literals. */
export function isYielded(node: TSESTree.Node): boolean {
  return throughLiterals(destinationOf(node)).to === "yielded";
}

/** The expression directly inside an `await`, a cast, a `!` or an optional chain; `null` for any other. */
export function wrappedIn(expression: TSESTree.Node): TSESTree.Node | null {
  switch (expression.type) {
    case "AwaitExpression":
      return expression.argument;
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return expression.expression;
    default:
      return null;
  }
}

/** The expression inside `await`, casts, `!` and optional chains. */
export function unwrap(expression: TSESTree.Node): TSESTree.Node {
  return bareOf(expression).at;
}

/** An expression without its `await`, casts, `!` and optional chains. */
export interface Bare {
  readonly at: TSESTree.Node;
  readonly awaited: boolean;
}

export function bareOf(expression: TSESTree.Node): Bare {
  let at = expression;
  let awaited = false;
  for (let inner = wrappedIn(at); inner !== null; inner = wrappedIn(at)) {
    awaited ||= at.type === "AwaitExpression";
    at = inner;
  }
  return { at, awaited };
}

/** The call of which a member expression is the callee, if it is called at once. */
export function callOf(member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const { parent } = member;
  return parent.type === "CallExpression" && parent.callee === member ? parent : null;
}

/** The name of a non-computed or literal-computed property. */
export function propertyName(member: TSESTree.MemberExpression): string | null {
  if (!member.computed) return member.property.type === "PrivateIdentifier" ? `#${member.property.name}` : member.property.name;
  return member.property.type === "Literal" && typeof member.property.value === "string" ? member.property.value : null;
}

/** `null` or `undefined`, spelled out. */
export function isNothing(node: TSESTree.Node): boolean {
  return (node.type === "Literal" && node.value === null) || (node.type === "Identifier" && node.name === "undefined");
}
