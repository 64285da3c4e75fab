import type { Linter } from "eslint";

/** A fenced code block with a claim about what the rules say of it. */
export interface Block {
  readonly claim: "correct" | "incorrect";
  readonly code: string;
  /** `ts`, `tsx`, `js`, … */
  readonly language: string;
  /** The line of the page on which the code begins. */
  readonly line: number;
  /** The options of the page's rule, given as JSON behind the claim: ```` ```ts correct { "both": "allow" } ````. */
  readonly options: object | null;
}

const languages = /^(?:[cm]?[jt]s|[jt]sx|javascript|typescript)$/u;
const fence = /^(?<mark>```+|~~~+)(?<info>.*)$/u;

export interface Page {
  readonly blocks: readonly Block[];
  readonly headings: readonly string[];
  /** Blocks of TypeScript or JavaScript that claim nothing, by line. */
  readonly unclaimed: readonly { readonly language: string; readonly line: number }[];
}

/** Reads a page of Markdown: headings of the second level and code blocks. */
export function readPage(markdown: string): Page {
  const blocks: Block[] = [];
  const headings: string[] = [];
  const unclaimed: { language: string; line: number }[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const heading = /^## (?<text>.+)$/u.exec(lines[at] ?? "")?.groups?.["text"];
    if (heading !== undefined) headings.push(heading.trim());
    const { info = "", mark } = fence.exec(lines[at] ?? "")?.groups ?? {};
    if (mark === undefined) continue;
    const start = at + 1;
    do at++;
    while (at < lines.length && lines[at]?.trimEnd() !== mark);
    const [language = "", claim = "", ...rest] = info.trim().split(/\s+/u);
    if (!languages.test(language)) continue;
    if (claim === "correct" || claim === "incorrect") {
      const options = rest.length === 0 ? null : (JSON.parse(rest.join(" ")) as object);
      blocks.push({ claim, code: `${lines.slice(start, at).join("\n")}\n`, language, line: start + 1, options });
    } else {
      unclaimed.push({ language, line: start });
    }
  }
  return { blocks, headings, unclaimed };
}

/** The file ending for a block. */
export function endingOf({ language }: Pick<Block, "language">): string {
  return { javascript: "js", typescript: "ts" }[language] ?? language;
}

/** A finding as a block spells it: carets under what is reported, below them the message. */
export interface Claim {
  readonly line: number;
  /** First column under the carets, from 1. Carets right behind `//` may begin at the slashes, as nothing can be written before them. */
  readonly columns: readonly number[];
  readonly endColumn: number;
  readonly message: string;
}

const carets = /^(?<before>\s*\/\/)(?<gap>\s*)(?<carets>\^+)\s*$/u;
const comment = /^\s*\/\/(?<text>.*)$/u;

/**
 * The findings that a block spells. An empty comment line or code ends a message.
 */
export function claimsIn(code: string): readonly Claim[] {
  const claims: Claim[] = [];
  const lines = code.split("\n");
  let target = 0;
  for (let at = 0; at < lines.length; at++) {
    const groups = carets.exec(lines[at] ?? "")?.groups;
    if (groups === undefined) {
      target = at + 1;
      continue;
    }
    const { before = "", gap = "", carets: marks = "" } = groups;
    const start = before.length + gap.length + 1;
    const words: string[] = [];
    for (let next = at + 1; next < lines.length; next++) {
      const text = carets.test(lines[next] ?? "") ? undefined : comment.exec(lines[next] ?? "")?.groups?.["text"]?.trim();
      if (text === undefined || text === "") break;
      words.push(text);
      at = next;
    }
    claims.push({
      line: target,
      columns: gap === "" ? [start, start - 2] : [start],
      endColumn: start + marks.length,
      message: normalized(words.join(" ")),
    });
  }
  return claims;
}

/** A message with every run of white space as one space. */
export function normalized(message: string): string {
  return message.replace(/\s+/gu, " ").trim();
}

/** What was said but not found, and what was found but not said, each as one line of text. */
export function differences(code: string, messages: readonly Linter.LintMessage[]): readonly string[] {
  const lines = code.split("\n");
  const open = [...messages];
  const missing: string[] = [];
  for (const claim of claimsIn(code)) {
    const index = open.findIndex(
      (found) =>
        found.line === claim.line &&
        claim.columns.includes(found.column) &&
        endOnLine(found, lines) === claim.endColumn &&
        normalized(found.message) === claim.message,
    );
    if (index === -1) missing.push(`not reported: ${String(claim.line)}:${String(claim.columns[0])}-${String(claim.endColumn)} ${claim.message}`);
    else open.splice(index, 1);
  }
  return [
    ...missing,
    ...open.map((found) => `not spelled: ${String(found.line)}:${String(found.column)}-${String(endOnLine(found, lines))} ${normalized(found.message)}`),
  ];
}

/** Where a report ends, or, if that is a later line, where its first line ends. */
function endOnLine({ endColumn, endLine, line }: Linter.LintMessage, lines: readonly string[]): number {
  if (endLine === line && endColumn !== undefined) return endColumn;
  return (lines[line - 1] ?? "").trimEnd().length + 1;
}
