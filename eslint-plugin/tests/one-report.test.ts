import { describe, expect, it } from "vitest";

import { documentationBlocks } from "./support/documentation.js";
import { lint, strict } from "./support/workspace.js";

const { blocks, program } = documentationBlocks();
type Finding = ReturnType<typeof lint>[number];

/** Whether two findings are about the same place: one stands inside the other. */
function isSamePlace(one: Finding, other: Finding): boolean {
  return contains(one, other) || contains(other, one);
}

function contains(outer: Finding, inner: Finding): boolean {
  const starts = outer.line < inner.line || (outer.line === inner.line && outer.column <= inner.column);
  const [outerEnd = outer.line, innerEnd = inner.line] = [outer.endLine, inner.endLine];
  return starts && (outerEnd > innerEnd || (outerEnd === innerEnd && (outer.endColumn ?? 0) >= (inner.endColumn ?? 0)));
}

describe("one leak, one report: of all rules in strict", () => {
  for (const { block, rule, source, title } of blocks) {
    if (block.claim !== "incorrect" || rule === null) continue;
    it(`only the page's rule speaks at each place of ${title}`, () => {
      const own: (typeof strict)[string] = block.options === null ? (strict[rule] ?? "error") : ["error", block.options];
      const found = lint(source, { ...strict, [rule]: own }, program);
      const intended = found.filter(({ ruleId }) => ruleId === rule);
      expect(intended).not.toEqual([]);
      for (const finding of intended) {
        expect(found.filter((other) => isSamePlace(finding, other)).map(({ line, ruleId }) => `${String(line)} ${String(ruleId)}`)).toEqual([`${String(finding.line)} ${rule}`]);
      }
    });
  }
});
