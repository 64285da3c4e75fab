import { compilerFixes as fixesIn, type Code } from "eslint-plugin-await-using/editor";

import type { CompilerFix } from "../analysis/messages.js";
import type { Range } from "../finding.js";
import { offsets, positions } from "../text.js";

/** The changes for what TypeScript says about `using` and offers no fix for. */
export function compilerFixes(code: Code, diagnostics: readonly { readonly code: number; readonly range: Range }[]): readonly CompilerFix[] {
  const offset = offsets(code.text);
  const toRange = positions(code.text);
  const told = diagnostics.map((diagnostic) => ({ code: diagnostic.code, range: [offset(diagnostic.range.start), offset(diagnostic.range.end)] as const, shown: diagnostic.range }));
  return told.flatMap((diagnostic) =>
    fixesIn(code, [diagnostic]).map(({ edits, title }) => ({
      title,
      code: diagnostic.code,
      range: diagnostic.shown,
      edits: edits.map(({ range, text }) => ({ range: toRange(...range), newText: text })),
    })),
  );
}
