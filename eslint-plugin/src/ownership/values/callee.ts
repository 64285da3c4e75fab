import type { CallNode } from "../../code.js";
import { propertyName } from "./destination.js";

/** The name by which a call names its callee: `open`, `newPage`, `FileHandle`. */
export function calleeName(call: CallNode): string | null {
  const { callee } = call;
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? propertyName(callee) : null;
}

/** `Promise.all(…)`, `allSettled`, `any`, `race`. */
export function isCombinator(call: CallNode): boolean {
  const { callee } = call;
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Promise" &&
    /^(?:all|allSettled|any|race)$/u.test(propertyName(callee) ?? "")
  );
}
