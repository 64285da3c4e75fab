/** Can what a stack holds leave the function with the value that is returned at the cursor? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { departuresOf } from "../../ownership/lifetime/escape.js";
import { symbolsOf } from "../../ownership/release/disposer.js";
import { scopedIn, type Scoped } from "../../ownership/scopes/scoped-variable.js";
import { unwrap } from "../../ownership/values/destination.js";
import { functionAround, isFunction, isInside } from "../../ownership/values/functions.js";
import { ancestorsOf } from "../../syntax.js";
import { textOf } from "../../text.js";
import { insertBefore } from "../placement/placement.js";
import { moveStack } from "../scopes/let-go.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { beginsLine, indentAt, newlineOf } from "../text/lines.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** `return { a, b };` of members of a stack → the stack's contents go with them. */
export const moveOut: Refactor = (code, selection) => {
  const statement = around(selection, (node) => node.type === "ReturnStatement");
  const { argument } = statement ?? {};
  if (statement === null || argument == null || code.types === null) return null;
  const leaving = scopesAround(code, statement).filter((scoped) => departsWith(code, scoped, argument));
  const [first] = leaving;
  const stack = leaving.find((each) => each.stack !== null)?.stack;
  if (first === undefined || stack == null) return null;
  const { name } = stack;
  const title: Name = { kind: "rewrite", title: `Hand out what \`${name}\` holds with \`${name}.move()\`` };
  const foreign = leaving.find((each) => each.stack !== stack);
  if (foreign !== undefined) return refuse(title, `\`${foreign.variable.name}\` has a scope of its own: register it on \`${name}\` first.`);
  const itself = leaving.find(({ variable }) => variable === stack);
  if (itself !== undefined) {
    const edits = moveStack(itself, argument);
    return edits === null ? refuse(title, `\`${name}\` is handed out more than once.`) : offer(title, edits);
  }
  const edits = withDisposer(code, statement, unwrap(argument), first);
  return typeof edits === "string" ? refuse(title, edits) : offer(title, edits);
};

/** What the scopes around a `return` will dispose. */
function scopesAround(code: Code, statement: TSESTree.ReturnStatement): readonly Scoped[] {
  const home = functionAround(statement);
  const blocks = [...ancestorsOf(statement)].filter((at) => at.type === "BlockStatement" && home !== null && isInside(at, home));
  const declarations = blocks.flatMap((block) => (block as TSESTree.BlockStatement).body).filter((each) => each.type === "VariableDeclaration" && each.range[1] <= statement.range[0]);
  return declarations.flatMap((declaration) => scopedIn(code, declaration as TSESTree.VariableDeclaration));
}

function departsWith(code: Code, scoped: Scoped, argument: TSESTree.Node): boolean {
  return departuresOf(code, scoped).some(({ is, node }) => is !== "pending" && isInside(node, argument));
}

/** Gives a returned object the disposer that disposes what the stack held; or why that cannot be. */
function withDisposer(code: Code, statement: TSESTree.ReturnStatement, object: TSESTree.Node, { keyword, stack }: Scoped): readonly Edit[] | string {
  const name = stack?.name ?? "";
  if (object.type !== "ObjectExpression") return `Return an object, which can carry the disposer of what \`${name}\` holds.`;
  const symbol = keyword === "await using" ? "asyncDispose" : "dispose";
  if (symbolsOf(object).has(symbol)) return "The returned object has a disposer already.";
  const around = functionAround(statement);
  const isAsked = around?.returnType !== undefined;
  if (isAsked && code.types?.expected(object).kind !== (symbol === "asyncDispose" ? "async" : "sync")) return `The declared result has no \`[Symbol.${symbol}]\`: add it there first.`;
  const risky = object.properties.find((property) => property.type === "SpreadElement" || property.computed || !isPlain(property.value));
  if (risky !== undefined) return `Compute \`${textOf(code, risky)}\` ahead of the \`return\`: nothing may throw once \`${name}\` has let go.`;
  const last = object.properties.at(-1);
  if (last === undefined || statement.parent.type !== "BlockStatement") return "Put braces around the `return` first.";
  const moved = freeName(code, "moved");
  const disposer = `[Symbol.${symbol}]: () => ${moved}.${symbol === "asyncDispose" ? "disposeAsync" : "dispose"}()`;
  const between = beginsLine(code, last.range[0]) ? `${newlineOf(code)}${indentAt(code, last.range[0])}` : " ";
  const [, end] = last.range;
  return [insertBefore(code, statement, `const ${moved} = ${name}.move();`), { range: [end, end], text: `,${between}${disposer}` }];
}

/** Whether an expression is evaluated without running anybody's code. */
function isPlain(node: TSESTree.Node): boolean {
  if (isFunction(node)) return true;
  if (node.type === "MemberExpression") return !node.computed && isPlain(node.object);
  return node.type === "Identifier" || node.type === "Literal" || node.type === "ThisExpression";
}
