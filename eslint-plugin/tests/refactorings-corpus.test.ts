import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import * as parser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import type { Code } from "../src/code.js";
import { indent, indentAt } from "../src/edits/text/lines.js";
import { codeIn, compilerFixes, refactoringsAt, settingsOf, type Edit, type Parser } from "../src/editor.js";
import { nodesIn } from "../src/syntax.js";
import { applied } from "./support/editing.js";
import { errorsIn, lint, projectAt, strict, Workspace, type SourceText } from "./support/workspace.js";

const { options } = projectAt(path.join(import.meta.dirname, "corpus.tsconfig.json"));
const workspace = new Workspace(options);
const originals = ["leaks", "silent"].flatMap((folder) =>
  readdirSync(path.join(import.meta.dirname, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((fileName): SourceText => ({ fileName, text: readFileSync(fileName, "utf8") })),
);
const before = workspace.program(originals);

/** A text made of a file of the corpus, under a name of its own beside it. */
interface Copy {
  readonly title: string;
  readonly original: SourceText;
  readonly source: SourceText;
}

function codeOf(program: typeof before, fileName: string): Code {
  const code = codeIn(program, fileName, parser as unknown as Parser, settingsOf({}));
  if (code === null) throw new Error(`The parser does not take ${fileName}.`);
  return code;
}

function copy(original: SourceText, index: number, text: string, title: string): Copy {
  const { base, dir, ext, name } = path.parse(original.fileName);
  return { title: `${base}: ${title}`, original, source: { fileName: path.join(dir, `${name}~${String(index)}${ext}`), text } };
}

const places = new Set(["CallExpression", "ClassDeclaration", "FunctionDeclaration", "PropertyDefinition", "ReturnStatement", "TryStatement", "VariableDeclaration", "YieldExpression"]);

/** Every different change that is offered anywhere in the corpus. */
function offered(): readonly Copy[] {
  const copies: Copy[] = [];
  for (const original of originals) {
    const code = codeOf(before, original.fileName);
    const seen = new Set<string>();
    for (const { range: [start], type } of nodesIn(code, code.ast)) {
      if (!places.has(type)) continue;
      for (const { disabled, edits, title } of refactoringsAt(code, [start, start])) {
        const text = disabled === null ? applied(original.text, edits) : original.text;
        if (text !== original.text && !seen.has(text)) copies.push(copy(original, copies.length, text, title));
        seen.add(text);
      }
    }
  }
  return copies;
}

/** The correct code of the corpus with each scope written out as `try` and `finally`. */
function writtenOut(): readonly Copy[] {
  const copies: Copy[] = [];
  for (const original of originals) {
    if (original.fileName.includes(".bad.") || original.fileName.includes("missing-types")) continue;
    const code = codeOf(before, original.fileName);
    for (const node of nodesIn(code, code.ast)) {
      const text = node.type === "VariableDeclaration" && node.parent.type === "BlockStatement" ? withFinally(code, node, node.parent) : null;
      if (text !== null) copies.push(copy(original, copies.length, text, `line ${String(node.loc.start.line)}`));
    }
  }
  return copies;
}

/** A scope that ends with its block, as somebody wrote it before there was `using`. */
function withFinally(code: Code, declaration: TSESTree.VariableDeclaration, block: TSESTree.BlockStatement): string | null {
  const { declarations: [{ id, init }], kind, range: [start, end] } = declaration;
  if ((kind !== "using" && kind !== "await using") || id.type !== "Identifier" || init === null) return null;
  const outer = indentAt(code, start);
  const from = code.text.indexOf("\n", end) + 1;
  const to = code.text.lastIndexOf("\n", block.range[1] - 1);
  // One statement a line, and something in the scope.
  if (from > to || !/^;?\s*(?:\/\/.*)?$/u.test(code.text.slice(end, from)) || /\S/u.test(code.text.slice(to, block.range[1] - 1))) return null;
  const call = kind === "using" ? `${id.name}?.[Symbol.dispose]()` : `await ${id.name}?.[Symbol.asyncDispose]()`;
  return applied(code.text, [
    { range: [start, start + kind.length], text: "const" },
    { range: [from, from], text: `${outer}try {\n  ` },
    ...indent(code, [from, to], "  "),
    { range: [to, to], text: `\n${outer}} finally {\n${outer}  ${call};\n${outer}}` },
  ]);
}

/** The slips that TypeScript finds: the wrong keyword, a missing `await`, both, a missing `async`. */
function slips(text: string, node: TSESTree.Node): readonly (readonly Edit[])[] {
  const { range: [start] } = node;
  if (node.type === "FunctionDeclaration") {
    const isSlip = text.startsWith("async function", start) && text.slice(...node.range).includes("await using");
    return isSlip ? [[{ range: [start, start + "async ".length], text: "" }]] : [];
  }
  if (node.type !== "VariableDeclaration" || (node.kind !== "using" && node.kind !== "await using")) return [];
  const { declarations: [{ init }], kind } = node;
  const keyword: Edit = { range: [start, start + kind.length], text: kind === "using" ? "await using" : "using" };
  if (init?.type !== "AwaitExpression") return [[keyword]];
  const promise: Edit = { range: [init.range[0], init.range[0] + "await ".length], text: "" };
  return [[keyword], [promise], [keyword, promise]];
}

/** Every slip that could be made in the corpus's corrections. */
function withSlips(): readonly Copy[] {
  const copies: Copy[] = [];
  for (const original of originals.filter(({ fileName }) => fileName.includes(".good."))) {
    const code = codeOf(before, original.fileName);
    for (const node of nodesIn(code, code.ast)) {
      for (const edits of slips(original.text, node)) copies.push(copy(original, copies.length, applied(original.text, edits), `line ${String(node.loc.start.line)}`));
    }
  }
  return copies;
}

describe("every fix for what TypeScript says", () => {
  const copies = withSlips();
  const broken = workspace.program([...originals, ...copies.map(({ source }) => source)]);

  function numbersIn(program: typeof before, fileName: string): readonly number[] {
    const file = program.getSourceFile(fileName);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ code }) => code);
  }

  const fixes = copies.flatMap(({ source, title }) => {
    const told = broken.getSemanticDiagnostics(broken.getSourceFile(source.fileName)).map(({ code, length = 0, start = 0 }) => ({ code, range: [start, start + length] as const }));
    return compilerFixes(codeOf(broken, source.fileName), told).map((fix) => ({ ...fix, name: `${title}: TS${String(fix.diagnostic.code)}: ${fix.title}`, source, text: applied(source.text, fix.edits) }));
  });
  const changed = fixes.map(({ source, text }, index) => ({ fileName: source.fileName.replace(/(?=\.tsx?$)/u, `~${String(index)}`), text }));
  const mended = workspace.program([...originals, ...changed]);

  it("is one of many", () => {
    expect(fixes.length).toBeGreaterThan(100);
  });

  it.each(fixes.map((fix, index) => ({ ...fix, index })))("takes one away and brings none: $name", ({ index, source }) => {
    const rest = [...numbersIn(broken, source.fileName)];
    const news = numbersIn(mended, changed[index]?.fileName ?? "").filter((number) => {
      const at = rest.indexOf(number);
      if (at !== -1) rest.splice(at, 1);
      return at === -1;
    });
    expect({ news, gone: rest.length > 0 }).toEqual({ news: [], gone: true });
  });
});

describe("every refactoring that the corpus offers", () => {
  const copies = offered();
  const after = workspace.program([...originals, ...copies.map(({ source }) => source)]);

  function stateOf({ fileName, text }: SourceText, name: string): readonly string[] {
    return [
      ...errorsIn(after, fileName).map((error) => error.replaceAll(path.parse(fileName).name, name)),
      ...lint({ fileName, text }, strict, after).map(({ message, ruleId }) => `${String(ruleId)}: ${message.replace(/\bline \d+/gu, "line …")}`),
    ];
  }

  it("is one of many", () => {
    expect(copies.length).toBeGreaterThan(40);
  });

  it.each(copies)("brings neither an error nor a finding: $title", ({ original, source }) => {
    const { name } = path.parse(original.fileName);
    const rest = [...stateOf(original, name)];
    const news = stateOf(source, name).filter((each) => {
      const index = rest.indexOf(each);
      if (index !== -1) rest.splice(index, 1);
      return index === -1;
    });
    expect(news).toEqual([]);
  });
});

describe("a scope written out as `try` and `finally`", () => {
  const copies = writtenOut();
  const program = workspace.program([...originals, ...copies.map(({ source }) => source)]);

  it("is one of many", () => {
    expect(copies.length).toBeGreaterThan(40);
  });

  it.each(copies)("comes back: $title", ({ original, source }) => {
    const code = codeOf(program, source.fileName);
    const statement = [...nodesIn(code, code.ast)].find((node) => node.type === "TryStatement" && source.text.slice(0, node.range[0]) !== original.text.slice(0, node.range[0]));
    if (statement === undefined) throw new Error("Nothing was written out.");
    const found = refactoringsAt(code, [statement.range[0], statement.range[0]]).filter(({ title }) => title.startsWith("Replace `finally`"));
    expect(found).toHaveLength(1);
    for (const { disabled, edits } of found) expect([applied(source.text, edits), disabled]).toEqual([original.text, null]);
  });
});
