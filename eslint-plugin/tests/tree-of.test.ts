import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import * as parser from "@typescript-eslint/parser";
import ts from "typescript";
import { describe, expect, it } from "vitest";

import { treeOf, type Parser, type Tree } from "../src/types/tree-of.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const source = (): ts.SourceFile => ts.createSourceFile("/a.ts", "export function close() {}", ts.ScriptTarget.ESNext, true);

function programOf(file: ts.SourceFile): ts.Program {
  const host: ts.CompilerHost = { ...ts.createCompilerHost({}), getSourceFile: (name) => (name === file.fileName ? file : undefined) };
  return ts.createProgram({ rootNames: [file.fileName], options: { noLib: true, types: [] }, host });
}

const treeIn = (file: ts.SourceFile, program: ts.Program): Tree | null => treeOf(file, program, parser as unknown as Parser);

describe("the tree of a file", () => {
  it("is read once for all the programs that hold the file", () => {
    const file = source();
    const tree = treeIn(file, programOf(file));
    expect(tree).not.toBeNull();
    expect(treeIn(file, programOf(file))).toBe(tree);
  });

  it("keeps no program in memory", async () => {
    const file = source();
    const remembered = new WeakRef(programOf(file));
    const tree = treeIn(file, remembered.deref() as ts.Program);
    // A WeakRef holds what it gave until the job ends.
    await new Promise((resolve) => setTimeout(resolve));
    collectGarbage();
    expect([remembered.deref(), treeIn(file, programOf(file))]).toStrictEqual([undefined, tree]);
  });
});
