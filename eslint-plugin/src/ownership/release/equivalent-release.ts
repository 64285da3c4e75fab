/** Does a release method do the same as the disposer? */

import type { Code } from "../../code.js";
import { decides, withoutManner } from "../../lexicon/releasing.js";
import { nodesIn } from "../../syntax.js";
import { propertyName } from "../values/destination.js";
import { symbolOf, type DisposeSymbol } from "../values/dispose-symbol.js";
import { ownNodesIn } from "../values/functions.js";
import type { TSESTree } from "@typescript-eslint/utils";

/**
 * Whether a call of a release method does what the object's disposer does: it is
 * the disposer, the disposer's body calls nothing else of its object, or, where
 * there is no body, the type has no other method that releases, nor one that
 * ends a transaction. `end` beside `destroy` is not, `release` after `commit`
 * neither.
 */
export function doesWhatDisposerDoes(code: Code, call: TSESTree.CallExpression, symbol: DisposeSymbol): boolean {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || code.types === null) return false;
  const called = symbolOf(callee.property, callee.computed);
  if (called !== null) return called === symbol;
  const name = propertyName(callee);
  if (name === null || call.arguments.length > 0) return false;
  const body = code.types.disposerBody(callee.object, symbol);
  if (body !== null) {
    const own = [...nodesIn(body.code, body.node)].filter((at) => at.type === "MemberExpression" && at.object.type === "ThisExpression" && at.parent.type === "CallExpression" && at.parent.callee === at);
    return own.length > 0 && own.every((at) => at.type === "MemberExpression" && propertyName(at) === name);
  }
  const members = code.types.membersOf(callee.object);
  const releases = [...members].filter((each) => code.settings.releaseMethods.has(each)).map(withoutManner);
  return releases.every((each) => each === withoutManner(name)) && ![...members].some((each) => decides(each));
}

/** Whether an asynchronous disposer has nothing to wait for: all that it does is done when it is called. */
export function waitsForNothing(code: Code, resource: TSESTree.Node): boolean {
  const body = code.types?.disposerBody(resource, "asyncDispose") ?? null;
  if (body === null || !body.node.async) return false;
  return !ownNodesIn(body.code, body.node.body).some(
    (at) => at.type === "AwaitExpression" || (at.type === "ReturnStatement" && at.argument !== null) || (at.type === "ForOfStatement" && at.await) || (at.type === "VariableDeclaration" && at.kind === "await using"),
  );
}
