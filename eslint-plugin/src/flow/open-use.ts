/** Does a call need its resource open? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { worksAfterEnd } from "../lexicon/living.js";
import { closesForGood } from "../lexicon/releasing.js";
import { isReleaseName } from "../ownership/release/release-name.js";
import { destinationOf } from "../ownership/values/destination.js";
import { scopedBy, type Variable } from "../ownership/values/variables.js";
import { isFailureMeant } from "../ownership/waiting/expected-failure.js";

/** Whether a call does something with an open resource: it is given something, waited for, or made for its effect. */
export function works(code: Code, variable: Variable, call: TSESTree.CallExpression, name: string): boolean {
  if (name === "" || worksAfterEnd(name) || closesForGood(name) || isReleaseName(code, name) || isFailureMeant(call)) return false;
  const { awaited, to, ...rest } = destinationOf(call);
  if (to === "iterated" && "loop" in rest && rest.loop.await) return true;
  const isPending = !awaited && code.types?.isPromise(call) === true;
  // What a scope does not wait for is no-unawaited-use's to judge.
  if (isPending && scopedBy(variable) !== null) return false;
  return awaited || isPending || to === "discarded" || call.arguments.length > 0;
}
