import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The name that ESLint gives the file of its bulk suppressions. */
export const suppressionsFile = "eslint-suppressions.json";

/**
 * The bulk suppressions that hold for a file: the nearest above it. ESLint's command
 * line reads those of the folder that it runs in, which an editor is not told.
 */
export function suppressionsFor(fileName: string): string | null {
  for (let folder = path.dirname(fileName); ; folder = path.dirname(folder)) {
    const found = path.join(folder, suppressionsFile);
    if (existsSync(found)) return found;
    if (folder === path.dirname(folder)) return null;
  }
}

/**
 * How many errors of each rule a suppressions file forgives a source file
 * (eslint.org/docs/latest/use/suppressions).
 *
 * @throws SyntaxError where it is not JSON
 */
export function suppressedBy(file: string, fileName: string): Readonly<Record<string, number>> {
  const all = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Readonly<Record<string, { readonly count?: number } | null>> | null>> | null;
  const relative = path.relative(path.dirname(file), fileName).replaceAll(path.sep, "/");
  return Object.fromEntries(Object.entries(all?.[relative] ?? {}).map(([rule, suppressed]) => [rule, suppressed?.count ?? 0]));
}
