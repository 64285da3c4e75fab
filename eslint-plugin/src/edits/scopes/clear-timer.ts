/** When can a scope clear a timer? */

import type { Code } from "../../code.js";
import { isInside } from "../../ownership/values/functions.js";
import type { TimeLimit } from "../../ownership/waiting/time-limit.js";
import { ancestorsOf } from "../../syntax.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { declareWith } from "./using.js";

/** Gives a timer a scope that clears it; only where the work is awaited in the same block, and where timers have a disposer (Node). */
export function clearInScope(code: Code, limit: TimeLimit): readonly Edit[] | null {
  const { timer } = limit;
  if (limit.by !== "abort" || code.types?.resource(timer).kind !== "inert") return null;
  const [outer, around] = ancestorsOf(timer);
  if (outer?.type === "VariableDeclarator") {
    return outer.parent.parent.type === "BlockStatement" && isInside(limit.work, outer.parent.parent) ? (declareWith(code, outer.parent, "using", [])?.edits ?? null) : null;
  }
  if (outer?.type !== "ExpressionStatement" || around?.type !== "BlockStatement" || !isInside(limit.work, around)) return null;
  const [start] = outer.range;
  return [{ range: [start, start], text: `using ${freeName(code, "timeout")} = ` }];
}
