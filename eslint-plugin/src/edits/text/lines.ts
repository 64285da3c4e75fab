/** Where does a line begin, and how far is it indented? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { nodesIn } from "../../syntax.js";
import type { Edit } from "./edit.js";

/** The line break of a file: that of its first line. */
export function newlineOf({ text }: Pick<Code, "text">): string {
  return /\r\n|\n/u.exec(text)?.[0] ?? "\n";
}

/** The white space that the line of an offset begins with. */
export function indentAt({ text }: Pick<Code, "text">, offset: number): string {
  const start = lineStartAt(text, offset);
  return /[^\S\n\r]*/uy.exec(text.slice(start, offset))?.[0] ?? "";
}

/** Whether nothing but white space stands before an offset in its line. */
export function beginsLine({ text }: Pick<Code, "text">, offset: number): boolean {
  return !/\S/u.test(text.slice(lineStartAt(text, offset), offset));
}

/** By how much the lines inside a block are indented more than the block itself; two spaces where that cannot be seen. */
export function unitOf(code: Pick<Code, "text">, block: TSESTree.BlockStatement | TSESTree.ClassBody, inside: readonly TSESTree.Node[] = block.body): string {
  const outer = indentAt(code, block.range[0]);
  const first = inside.find(({ range: [start] }) => beginsLine(code, start));
  const inner = first === undefined ? "" : indentAt(code, first.range[0]);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : outer.startsWith("\t") ? "\t" : "  ";
}

/** Takes a unit of indentation from each line that begins in a range. */
export function dedent(code: Code, range: readonly [number, number], unit: string): readonly Edit[] {
  return linesIn(code, range).flatMap((at) => {
    return code.text.startsWith(unit, at) ? [{ range: [at, at + unit.length] as const, text: "" }] : [];
  });
}

/** Gives a unit of indentation to each line that begins in a range and is not empty. */
export function indent(code: Code, range: readonly [number, number], unit: string): readonly Edit[] {
  return linesIn(code, range)
    .filter((at) => !/[\n\r]/u.test(code.text[at] ?? "\n"))
    .map((at) => ({ range: [at, at] as const, text: unit }));
}

/** The text of a range whose lines, but for those inside templates, move from one indentation to another. */
export function moved(code: Code, range: readonly [number, number], from: string, to: string): string {
  let text = "";
  let [at] = range;
  for (const start of linesIn(code, range)) {
    text += code.text.slice(at, start);
    const isEmpty = /[\n\r]/u.test(code.text[start] ?? "\n");
    at = code.text.startsWith(from, start) ? start + from.length : start;
    if (!isEmpty) text += to;
  }
  return text + code.text.slice(at, range[1]);
}

/** Where lines begin in a range, but for those inside templates, whose white space counts. */
function linesIn(code: Code, [start, end]: readonly [number, number]): readonly number[] {
  const templates = [...nodesIn(code, code.ast)].filter(({ range, type }) => type === "TemplateElement" && range[0] < end && start < range[1]).map(({ range }) => range);
  const starts = [...code.text.slice(start, end).matchAll(/\r\n|\n/gu)].map(({ 0: newline, index }) => start + index + newline.length);
  return starts.filter((at) => at < end && !templates.some(([from, to]) => from < at && at <= to));
}

function lineStartAt(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}
