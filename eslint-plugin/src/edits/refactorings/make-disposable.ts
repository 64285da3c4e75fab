/** Can the class at the cursor get a disposer? */

import type { TSESTree } from "@typescript-eslint/utils";

import { symbolsOf } from "../../ownership/release/disposer.js";
import { makeClassDisposable } from "../classes/disposable-class.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** A class that acquires what it keeps, or can be closed → a class that a scope can dispose. */
export const makeDisposable: Refactor = (code, selection) => {
  const found = around(selection, (node) => node.type === "ClassDeclaration" || node.type === "PropertyDefinition");
  const declared = found?.type === "PropertyDefinition" ? found.parent.parent : found;
  if (declared?.type !== "ClassDeclaration" || declared.declare || symbolsOf(declared.body).size > 0) return null;
  const made = makeClassDisposable(code, declared);
  if (made === null) return null;
  const title = titleFor(declared, made.contract);
  return made.refused === null ? offer(title, made.edits) : refuse(title, made.refused);
};

function titleFor({ id }: TSESTree.ClassDeclaration, contract: string): Name {
  return { kind: "rewrite", title: `Make ${id === null ? "the class" : `\`${id.name}\``} ${contract === "Disposable" ? "a" : "an"} \`${contract}\`` };
}
