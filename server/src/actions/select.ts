import type { Edit, Finding, Range } from "../finding.js";

/** The findings that a range of the text touches. */
export function findingsIn(findings: readonly Finding[], range: Range): readonly Finding[] {
  return findings.filter((finding) => !isBefore(finding.range.end, range.start) && !isBefore(range.end, finding.range.start));
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function sameRange(a: Range, b: Range): boolean {
  return !isBefore(a.start, b.start) && !isBefore(b.start, a.start) && !isBefore(a.end, b.end) && !isBefore(b.end, a.end);
}

/** As many of the findings' preferred changes as do not touch each other, in the text's order. */
export function compatibleEdits(findings: readonly Finding[]): readonly Edit[] {
  const taken: Edit[] = [];
  for (const { fixes } of findings) {
    const edits = fixes[0]?.edits ?? [];
    if (edits.every((edit) => taken.every((other) => isBefore(edit.range.end, other.range.start) || isBefore(other.range.end, edit.range.start)))) taken.push(...edits);
  }
  return taken;
}
