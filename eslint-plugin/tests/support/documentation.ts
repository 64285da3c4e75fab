import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type ts from "typescript";

import { endingOf, readPage, type Block, type Page } from "./markdown.js";
import { projectAt, repository, Workspace, type SourceText } from "./workspace.js";

const fixtures = path.join(import.meta.dirname, "../fixtures");
const rulePages = path.join(import.meta.dirname, "../../docs/rules");

/** A page of the documentation; `rule` is the rule that it is about, with its namespace. */
export interface DocumentationPage {
  readonly name: string;
  readonly page: Page;
  readonly rule: string | null;
}

/** The rules' pages and the READMEs. */
export const pages: readonly DocumentationPage[] = [
  ...readdirSync(rulePages)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => pageAt(`docs/rules/${name}`, path.join(rulePages, name), `await-using/${path.basename(name, ".md")}`)),
  ...["README.md", "eslint-plugin/README.md"].filter((name) => existsSync(path.join(repository, name))).map((name) => pageAt(name, path.join(repository, name), null)),
];

function pageAt(name: string, file: string, rule: string | null): DocumentationPage {
  return { name, page: readPage(readFileSync(file, "utf8")), rule };
}

export interface DocumentedBlock {
  readonly block: Block;
  readonly rule: string | null;
  readonly source: SourceText;
  /** Page and line. */
  readonly title: string;
}

/** All blocks that claim something, in one program with the vocabulary of `resources.d.ts`. */
export function documentationBlocks(): { readonly blocks: readonly DocumentedBlock[]; readonly program: ts.Program; readonly workspace: Workspace } {
  const blocks = pages.flatMap(({ name, page, rule }) =>
    page.blocks.map((block) => {
      const title = `${name}:${String(block.line)}`;
      const fileName = path.join(fixtures, `${title.replace(/[^\w-]/gu, "_")}.${endingOf(block)}`);
      return { block, rule, source: { fileName, text: block.code }, title };
    }),
  );
  const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);
  return { blocks, program: workspace.program([path.join(fixtures, "resources.d.ts"), ...blocks.map(({ source }) => source)]), workspace };
}
