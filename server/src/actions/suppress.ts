import type { Edit, Finding } from "../finding.js";

/**
 * The comment that silences a finding on its line, with room for a reason; one
 * that already silences another rule there is extended.
 *
 * @param lineAt the text of a line, without its end
 */
export function suppressLine({ range: { start }, ruleId, suppressible }: Finding, lineAt: (line: number) => string, eol: string): Edit | null {
  if (suppressible === null) return null;
  const { line } = start;
  const above = line === 0 ? "" : lineAt(line - 1);
  const known = /eslint-disable-next-line\s+[\w@][\w@/-]*(?:\s*,\s*[\w@][\w@/-]*)*/u.exec(above);
  if (known !== null) {
    const at = { line: line - 1, character: known.index + known[0].trimEnd().length };
    return { range: { start: at, end: at }, newText: `, ${ruleId}` };
  }
  const indent = /^\s*/u.exec(lineAt(line))?.[0] ?? "";
  const directive = `eslint-disable-next-line ${ruleId} -- `;
  const at = { line, character: 0 };
  return { range: { start: at, end: at }, newText: `${indent}${suppressible === "jsx" ? `{/* ${directive}${reason} */}` : `// ${directive}${reason}`}${eol}` };
}

/** The comment that silences a rule in its whole file, behind a `#!` line. */
export function suppressFile({ ruleId }: Finding, lineAt: (line: number) => string, eol: string): Edit {
  const at = { line: lineAt(0).startsWith("#!") ? 1 : 0, character: 0 };
  return { range: { start: at, end: at }, newText: `/* eslint-disable ${ruleId} -- ${reason} */${eol}` };
}

/** What the reader replaces; clients that take snippets select it. */
export const reason = "say why";
