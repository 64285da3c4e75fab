import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { whyNoStack } from "../edits/placement/missing-stack.js";
import { unwrap } from "../ownership/values/destination.js";
import type { Variable } from "../ownership/values/variables.js";
import { callText } from "../text.js";
import { article, shown } from "./leak.js";

/** An expression in a message: a call without its arguments, anything else as it is written, shortened. */
export function spelled(code: Code, node: TSESTree.Node): string {
  const inner = unwrap(node);
  return inner.type === "CallExpression" || inner.type === "NewExpression" ? callText(code, inner) : shown(code, inner);
}

/** The type of a variable's resource in a message; inert types have no name there. */
export function typeOf(code: Code, { identifiers: [identifier] }: Variable): string {
  const name = identifier === undefined ? "" : (code.types?.resource(identifier).name ?? "");
  return article(name === "" ? "resource" : name);
}

/** A stack to declare with a keyword, in a message; where the project has none, it says what brings one. */
export function stackText(code: Code, keyword: string): string {
  const isMissing = whyNoStack(code, keyword === "using" ? "DisposableStack" : "AsyncDisposableStack") !== null;
  return `a stack${isMissing ? " (from Node 24 on, or by a polyfill)" : ""} declared with \`${keyword}\``;
}
