/** Which function does a call name, and where is the body of that function? */

import type { Code, FunctionInCode } from "../../code.js";
import { isLogger, prints } from "../../lexicon/holding.js";
import { combines } from "../../lexicon/language.js";
import type { CallNode, FunctionNode } from "../../syntax.js";
import { propertyName, unwrap } from "./destination.js";
import { isFunction } from "./functions.js";
import { declaratorOf, isParameter, variableOf, writesOf, type Variable } from "./variables.js";
import type { TSESTree } from "@typescript-eslint/utils";

/** The name by which a call names its callee: `open`, `newPage`, `FileHandle`. */
export function calleeName(call: CallNode): string | null {
  const { callee } = call;
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? propertyName(callee) : null;
}

/** What a chain of members and calls begins with: `pool` of `(await pool.get()).lock`. */
export function rootOf(chain: TSESTree.Node): TSESTree.Node {
  let root = unwrap(chain);
  while (root.type === "MemberExpression" || root.type === "CallExpression") root = unwrap(root.type === "MemberExpression" ? root.object : root.callee);
  return root;
}

/** The name that the chain of a callee begins with: `expect` of `expect(x).toBe`, `assert` of `assert.ok`; `null` where it begins with no name. */
export function rootName(callee: TSESTree.Node): string | null {
  const root = rootOf(callee);
  return root.type === "Identifier" ? root.name : null;
}

/** Whether a chain begins with what its function did not make: `this`, or a parameter. */
export function beginsWithGiven(code: Code, chain: TSESTree.Node): boolean {
  const root = rootOf(chain);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  return root.type === "ThisExpression" || (variable !== null && isParameter(variable));
}

/** Whether a call writes to a logger: `log.info("…")`, `this.#logger.warn("…")`. */
export function writesLog({ callee }: CallNode): boolean {
  if (callee.type !== "MemberExpression" || !prints(propertyName(callee))) return false;
  const object = unwrap(callee.object);
  return isLogger(object.type === "Identifier" ? object.name : object.type === "MemberExpression" ? (propertyName(object)?.replace("#", "") ?? null) : null);
}

/** `Promise.all(…)`, `allSettled`, `any`, `race`. */
export function isCombinator(call: CallNode): boolean {
  const { callee } = call;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Promise" &&
    combines(propertyName(callee))
  );
}

/** The function that a variable always is. */
export function functionNamed(variable: Variable): FunctionNode | null {
  const [definition, second] = variable.defs;
  if (definition === undefined || second !== undefined) return null;
  if (definition.node.type === "FunctionDeclaration" && definition.node.id === definition.name) return writesOf(variable).length === 0 ? definition.node : null;
  const declarator = declaratorOf(variable);
  const init = declarator?.id.type === "Identifier" && writesOf(variable).length === 1 ? declarator.init : null;
  return init != null && isFunction(init) ? init : null;
}

/** The body of the function that a call calls, if it can be seen. */
export function bodyOf(code: Code, call: TSESTree.CallExpression): FunctionInCode | null {
  const variable = call.callee.type === "Identifier" ? variableOf(code, call.callee) : null;
  const node = variable === null ? null : functionNamed(variable);
  if (node !== null) return { code, node };
  const callee = code.types?.callee(call) ?? null;
  return callee === null ? null : (code.types?.body(callee) ?? null);
}
