/** What is a refactoring, and which code is it asked about? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isFunction } from "../../ownership/values/functions.js";
import { ancestorsOf } from "../../syntax.js";
import type { Edit } from "../text/edit.js";

/** A change to the code at the cursor, offered or explained. */
export interface Refactoring {
  readonly title: string;
  readonly kind: "extract" | "rewrite";
  readonly edits: readonly Edit[];
  /** Why it does not apply here; `null` where it does. */
  readonly disabled: string | null;
}

/** What the cursor or the selection covers. */
export interface Selection {
  readonly start: number;
  readonly end: number;
  /** The innermost node around it. */
  readonly node: TSESTree.Node;
}

/** Looks for one kind of change at a selection; `null` where nothing there has to do with it. */
export type Refactor = (code: Code, selection: Selection) => Refactoring | null;

/** What a refactoring is called, whether or not it applies. */
export type Name = Pick<Refactoring, "kind" | "title">;

export function offer(name: Name, edits: readonly Edit[]): Refactoring {
  return { ...name, edits, disabled: null };
}

export function refuse(name: Name, because: string): Refactoring {
  return { ...name, edits: [], disabled: because };
}

/** The innermost of the nodes around a selection that a test finds, nested functions and the blocks of others left out. */
export function around<Node extends TSESTree.Node>({ node }: Selection, isWanted: (node: TSESTree.Node) => node is Node): Node | null {
  for (const at of [node, ...ancestorsOf(node)]) {
    if (isWanted(at)) return at;
    if (isFunction(at) || at.type === "BlockStatement" || at.type === "ClassBody") return null;
  }
  return null;
}
