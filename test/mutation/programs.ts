// Clean code: what the project itself shows as right.
import path from "node:path";
import { readFileSync } from "node:fs";

import type { Linter } from "eslint";

import { documentationBlocks } from "../../eslint-plugin/tests/support/documentation.js";
import { readPage } from "../../eslint-plugin/tests/support/markdown.js";
import { projectAt, repository, strict, Workspace, type SourceText } from "../../eslint-plugin/tests/support/workspace.js";
import { relative } from "../support/announced.mjs";

/** A file that is mutated; its name for people does not change when lines are added to a page. */
export interface Subject extends SourceText {
  readonly name: string;
}

/** Files of one program, all clean. */
export interface CleanGroup {
  readonly workspace: Workspace;
  /** Declarations that the subjects need without importing them. */
  readonly ambient: readonly string[];
  readonly subjects: readonly Subject[];
  readonly rules: Linter.RulesRecord;
}

/** The corrected forms of the leaks, the corrected demo, the snippets, and the documentation's correct examples. */
export function cleanGroups(): readonly CleanGroup[] {
  return [
    // What a snippet needs of Node is said beside it.
    projectGroup("snippets/tsconfig.json", () => true, { ...strict, "await-using/no-unsupported-disposal": "off" }),
    projectGroup("test/fixtures/demo/corrected/tsconfig.json"),
    projectGroup("eslint-plugin/tests/corpus.tsconfig.json", (file) => /\/leaks\/(?:.+\.good|lib-[^.]+)\.tsx?$/u.test(file)),
    documentationGroup(),
    managersGroup(),
  ];
}

function projectGroup(config: string, isClean: (file: string) => boolean = () => true, rules: Linter.RulesRecord = strict): CleanGroup {
  const { fileNames, options } = projectAt(path.join(repository, config));
  return {
    workspace: new Workspace({ ...options, composite: false, noUnusedLocals: false, noUnusedParameters: false }),
    ambient: fileNames.filter((file) => file.endsWith(".d.ts")),
    subjects: fileNames.filter(isClean).map((fileName) => ({ fileName, name: relative(repository, fileName), text: readFileSync(fileName, "utf8") })),
    rules,
  };
}

/** The blocks of `docs/managers.md`: the bodies of functions that are written with the snippets' vocabulary. */
function managersGroup(): CleanGroup {
  const name = "docs/managers.md";
  const folder = path.join(repository, "snippets/src");
  const opening = [
    'import { body, Conn, connect, events, failures, lock } from "./vocabulary.js";',
    'import { acquireAll, asyncContextManager, runManaged, timeoutScope } from "./helper/managed.js";',
    "export async function run() {",
  ].join("\n");
  const clean = readPage(readFileSync(path.join(repository, name), "utf8")).blocks.filter(({ claim }) => claim === "correct");
  return {
    ...projectGroup("snippets/tsconfig.json", () => false, { ...strict, "await-using/no-unsupported-disposal": "off" }),
    subjects: clean.map(({ code, line }) => ({ fileName: path.join(folder, `managers-${String(line)}.ts`), name, text: `${opening}\n${code}}\n` })),
  };
}

function documentationGroup(): CleanGroup {
  const { blocks, workspace } = documentationBlocks();
  const clean = blocks.filter(({ block }) => block.claim === "correct" && block.options === null && block.language === "ts");
  return {
    workspace,
    ambient: [path.join(repository, "eslint-plugin/tests/fixtures/resources.d.ts")],
    subjects: clean.map(({ source, title }) => ({ ...source, name: title.replace(/:\d+$/u, "") })),
    rules: strict,
  };
}
