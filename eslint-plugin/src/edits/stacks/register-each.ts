/** When can a stack take over each resource that goes into a collection? */

import type { Code } from "../../code.js";
import type { StackName } from "../../ownership/scopes/stack.js";
import type { Collection } from "../../ownership/several/collection.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { canAwait, insertBefore } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";

/**
 * Makes a stack ahead of a collection, which takes over each resource before the
 * collection gets it; only in a block, where `await` may stand if it has to, and
 * where the platform has the stack.
 */
export function registerEach(code: Code, { acquisitions, declaration, resource: { kind } }: Collection): readonly Edit[] | null {
  const made: StackName = kind === "async" ? "AsyncDisposableStack" : "DisposableStack";
  if (kind === "manual" || declaration.parent.type !== "BlockStatement" || declaration.declarations.length > 1) return null;
  if ((kind === "async" && !canAwait(code, declaration)) || whyNoStack(code, made) !== null) return null;
  const stack = freeName(code, "stack");
  const text = `${kind === "async" ? "await using" : "using"} ${stack} = new ${made}();`;
  const wrapped = acquisitions.flatMap(({ call }) => {
    const { range: [start, end] } = call.parent.type === "AwaitExpression" ? call.parent : call;
    return [{ range: [start, start] as const, text: `${stack}.use(` }, { range: [end, end] as const, text: ")" }];
  });
  return [insertBefore(code, declaration, text), ...wrapped];
}
