/** Which variable holds a resource, and what is done with it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Acquisition } from "../../ownership/owners/acquisition.js";
import type { Use } from "../../ownership/uses/use.js";
import type { Variable } from "../../ownership/values/variables.js";

/** The variable that holds an acquired resource. */
export interface Holder {
  readonly acquisition: Acquisition;
  readonly variable: Variable;
  readonly name: string;
  /** The identifier at the acquisition: where a report points. */
  readonly binding: TSESTree.Identifier;
  /** The declaration that acquires; `null` for an assignment. */
  readonly declaration: TSESTree.VariableDeclaration | null;
  /** The variable holds a promise of the resource. */
  readonly promised: boolean;
  readonly uses: readonly Use[];
  /** What the variable gets instead where there is such a thing, and which is not this function's to dispose: `given` of `given ?? open()`. */
  readonly given: TSESTree.Expression | null;
}

/** A disposal that is not written yet: of what the variable holds, ahead of a statement. */
export interface Ahead {
  readonly statement: TSESTree.ExpressionStatement;
  /** The variable, where the statement writes it. */
  readonly reference: TSESTree.Identifier;
}
