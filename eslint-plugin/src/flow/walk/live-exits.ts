/** Which exits of a scope leave a resource live? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Exit } from "./exit.js";
import type { Tracked } from "./tracked.js";
import { walkScope } from "./walk-scope.js";

/**
 * The exits of a scope that leave the resource live, normal and exceptional
 * ones, found by walking all ways through the scope together with what their
 * conditions imply.
 *
 * @param scope the statements of the variable's scope
 * @returns `null` where the code is too complex to be sure
 */
export function liveExits(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked): readonly Exit[] | null {
  return walkScope(code, scope, end, tracked, () => undefined);
}
