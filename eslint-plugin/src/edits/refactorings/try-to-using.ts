/** Can scopes take the place of the `finally` at the cursor? */

import type { TSESTree } from "@typescript-eslint/utils";

import { finallyToUsing } from "../by-hand/finally-to-using.js";
import { guarded, type Guarded } from "../by-hand/guarded.js";
import { around, offer, refuse, type Name, type Refactor, type Selection } from "./refactoring.js";

/** `try { … } finally { await conn.close(); }` → `await using conn = await open(); …` */
export const tryToUsing: Refactor = (code, selection) => {
  const whole = guardedAt(selection);
  const found = whole === null ? null : finallyToUsing(code, whole);
  if (found === null) return null;
  const name: Name = { kind: "rewrite", title: found.title };
  return "because" in found ? refuse(name, found.because) : offer(name, found.edits);
};

/** The `try` whose keywords or `finally` the cursor is on, or that follows the declaration under it. */
function guardedAt(selection: Selection): Guarded | null {
  const found = around(selection, isPointed);
  if (found === null) return null;
  if (found.type === "BlockStatement") {
    const { parent } = found;
    return parent.type === "TryStatement" && parent.finalizer === found ? guarded(parent) : null;
  }
  if (found.type === "TryStatement") return guarded(found);
  if (found.parent.type !== "BlockStatement") return null;
  const { body } = found.parent;
  const next = body.slice(body.indexOf(found) + 1).find(({ type }) => type !== "VariableDeclaration");
  return next?.type === "TryStatement" ? guarded(next) : null;
}

type Pointed = TSESTree.BlockStatement | TSESTree.TryStatement | TSESTree.VariableDeclaration;

function isPointed(node: TSESTree.Node): node is Pointed {
  return node.type === "TryStatement" || node.type === "VariableDeclaration" || (node.type === "BlockStatement" && node.parent.type === "TryStatement");
}
