import { ancestorsOf, type Code } from "../code.js";
import { countYields } from "../flow/yields.js";
import type { BareManager } from "../ownership/bare.js";
import { deadAfter, triesAround } from "../ownership/manager.js";
import type { Edit } from "./edit.js";

/** The manager helper that a file has at hand; `null` where it would have to be imported first. */
export function helperAtHand({ scopes, settings }: Code): string | null {
  const names = scopes.scopes.find(({ type }) => type === "module")?.set;
  return [...settings.managerHelpers].find((name) => (names?.get(name)?.defs.length ?? 0) > 0) ?? null;
}

/**
 * Gives an exported generator to the helper, in place; only where it stands in its
 * own export, keeps its parameters' types, and is a manager in good order.
 */
export function wrapInHelper(code: Code, helper: string | null, { at, body, name }: BareManager): readonly Edit[] | null {
  if (helper === null || deadAfter(at) !== null || countYields(code, body).missing !== null) return null;
  if ([...triesAround(at)].some(({ part, statement }) => part === "finalizer" || statement.handler !== null)) return null;
  // What has a default only is `unknown` to the helper's type parameters.
  if (!code.isJavaScript && body.params.some((parameter) => parameter.type === "AssignmentPattern" && !("typeAnnotation" in parameter.left && parameter.left.typeAnnotation !== undefined))) return null;
  const [outer] = ancestorsOf(body);
  const [start, end] = body.range;
  if (body.type === "FunctionDeclaration") {
    // A function can be called ahead of its declaration, and a default export has no `const`.
    if (outer?.type !== "ExportNamedDeclaration") return null;
    return [{ range: [start, start], text: `const ${name.name} = ${helper}(` }, { range: [end, end], text: ");" }];
  }
  if (outer?.type !== "VariableDeclarator" || outer.id.type !== "Identifier" || outer.id.typeAnnotation !== undefined) return null;
  return [{ range: [start, start], text: `${helper}(` }, { range: [end, end], text: ")" }];
}
