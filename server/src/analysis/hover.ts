import { explanationsAt, type Code } from "eslint-plugin-await-using/editor";

import type { Position } from "../finding.js";
import { explained } from "../presentation/hover.js";
import { offsets, positions } from "../text.js";
import type { Hover } from "./messages.js";

/** What there is to say about the resource under the pointer; `null` for everything else. */
export function hoverAt(code: Code, position: Position): Hover | null {
  const explanations = explanationsAt(code, offsets(code.text)(position));
  const [first] = explanations;
  return first === undefined ? null : { range: positions(code.text)(...first.range), markdown: explained(explanations) };
}
