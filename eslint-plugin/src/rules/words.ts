import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { callText } from "../ownership/acquire.js";
import { unwrap } from "../ownership/destination.js";
import { shown } from "./leak.js";

/** An expression in a message: a call without its arguments, anything else as it is written, shortened. */
export function spelled(code: Code, node: TSESTree.Node): string {
  const inner = unwrap(node);
  return inner.type === "CallExpression" || inner.type === "NewExpression" ? callText(code, inner) : shown(code, inner);
}
