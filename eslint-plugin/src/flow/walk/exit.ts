/** Where is a scope left with a resource still live? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Risk } from "./world.js";

/** A way out of the variable's scope on which the resource is still live. */
export interface Exit {
  readonly by: "break" | "continue" | "end" | "overwrite" | "return" | "throw" | "yield";
  readonly node: TSESTree.Node;
  /** What threw the code off its normal course, if anything. */
  readonly risk: Risk | null;
}
