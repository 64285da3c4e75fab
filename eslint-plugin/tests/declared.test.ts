import ts from "typescript";
import { describe, expect, it } from "vitest";

import { declaredIn } from "../src/types/declared.js";

const options: ts.CompilerOptions = { noLib: true, types: [] };

const sources = (count: number): ReadonlyMap<string, ts.SourceFile> => new Map(Array.from({ length: count }, (_, index) => file(`/${String(index)}.ts`, `export function take${String(index)}() {}`)));

const file = (name: string, text: string): [string, ts.SourceFile] => [name, ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)];

/** The files in which a program declares a name. */
function declared(files: ReadonlyMap<string, ts.SourceFile>, name = "take0"): readonly string[] {
  const host: ts.CompilerHost = { ...ts.createCompilerHost(options), getSourceFile: (path) => files.get(path) };
  const program = ts.createProgram({ rootNames: [...files.keys()], options, host });
  return declaredIn(program).values(name).map(({ declaration }) => declaration.getSourceFile().fileName);
}

describe("what a program declares under a name", () => {
  const few = sources(10);

  it("is found in the file that declares it", () => {
    expect(declared(few)).toEqual(["/0.ts"]);
  });

  it("is gone with the text that declared it, and comes with another", () => {
    const edited = new Map([...few, file("/0.ts", "export function other() {}"), file("/1.ts", "export function take0() {}")]);
    expect([declared(few), declared(edited), declared(edited, "other"), declared(edited, "take1"), declared(few)]).toEqual([["/0.ts"], ["/1.ts"], ["/0.ts"], [], ["/0.ts"]]);
  });

  it("is gone with its file, and comes with a new one", () => {
    const without = new Map([...few].slice(1));
    const beside = new Map([...few, file("/new.ts", "export function take0() {}")]);
    expect([declared(few), declared(without), declared(beside), declared(few)]).toEqual([["/0.ts"], [], ["/0.ts", "/new.ts"], ["/0.ts"]]);
  });

  it("is not what a program of other files declares", () => {
    const [one, another] = [sources(200), sources(300)];
    expect([declared(one), declared(another, "take250"), declared(one, "take250"), declared(another)]).toEqual([["/0.ts"], ["/250.ts"], [], ["/0.ts"]]);
  });
});
