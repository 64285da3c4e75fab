/** How does a new stack get what is acquired where nothing was given? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Holder } from "../../flow/fate/holder.js";
import { wrappedIn } from "../../ownership/values/destination.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { scopeHolder } from "../scopes/scope-holder.js";
import { canUse, insertBefore } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";

/**
 * Declares a stack ahead of a variable, and gives it what the variable acquires:
 * `given ?? stack.use(await open())`. `null` where no scope may stand there, no stack is
 * known, or what is given to the stack would be a promise.
 */
export function giveToStack(code: Code, holder: Holder, keyword: string): readonly Edit[] | null {
  const { acquisition, declaration, promised } = holder;
  const scoping = scopeHolder(code, holder);
  // Where a scope would have to wait for work, or to replace a disposal, so would the stack.
  if (scoping === null || scoping.awaitsWork || scoping.makesAsync || scoping.replaces.length > 0) return null;
  if (acquisition.resource.promised && awaited(acquisition.call) === acquisition.call) return null;
  const isAsync = keyword === "await using";
  const name = isAsync ? "AsyncDisposableStack" : "DisposableStack";
  if (declaration === null || promised || whyNoStack(code, name) !== null || !canUse(code, declaration, isAsync ? "await using" : "using")) return null;
  const stack = freeName(code, "stack");
  const { range: [start, end] } = awaited(acquisition.call);
  return [insertBefore(code, declaration, `${keyword} ${stack} = new ${name}();`), { range: [start, start], text: `${stack}.use(` }, { range: [end, end], text: ")" }];
}

/** A call with the `await` around it. */
function awaited(call: TSESTree.Node): TSESTree.Node {
  const { parent } = call;
  return parent != null && parent.type === "AwaitExpression" && wrappedIn(parent) === call ? parent : call;
}
