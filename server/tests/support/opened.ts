import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import { codeIn, settingsOf, type Code, type Parser } from "eslint-plugin-await-using/editor";

import { projectAt, repository, Workspace } from "../../../eslint-plugin/tests/support/workspace.js";
import type { Position } from "../../src/finding.js";

const fixtures = path.join(repository, "eslint-plugin/tests/fixtures");
const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);

/** A text in an editor; `‸` stands before the character under the pointer. */
export interface Opened {
  readonly code: Code;
  readonly position: Position;
}

/** Opens a text beside the vocabulary of RULES.md and `others`, files of the same folder. */
export function opened(marked: string, others: Readonly<Record<string, string>> = {}, settings: Readonly<Record<string, unknown>> = {}): Opened {
  const at = marked.indexOf("‸");
  if (at === -1) throw new Error("No ‸ says where the pointer is.");
  const text = marked.replace("‸", "");
  const fileName = path.join(fixtures, "opened.ts");
  const more = Object.entries(others).map(([name, content]) => ({ fileName: path.join(fixtures, name), text: content }));
  const program = workspace.program([path.join(fixtures, "resources.d.ts"), { fileName, text }, ...more]);
  const code = codeIn(program, fileName, parser as unknown as Parser, settingsOf({ "await-using": settings }));
  if (code === null) throw new Error("The parser does not take the text.");
  const lines = text.slice(0, at).split("\n");
  return { code, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
}
