import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

const extensions = ["", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".json", "/index.js", "/index.ts"];

/**
 * The files that a configuration file consists of: itself and what it imports,
 * packages left out.
 *
 * @param file an absolute name
 */
export function sourcesOf(file: string): ReadonlySet<string> {
  const sources = new Set<string>();
  const visit = (name: string): void => {
    if (sources.has(name) || sources.size > 200) return;
    sources.add(name);
    for (const { fileName } of imported(name)) {
      if (!fileName.startsWith(".")) continue;
      const target = path.resolve(path.dirname(name), fileName);
      const found = extensions.map((extension) => target + extension).find((candidate) => isFile(candidate)) ?? target.replace(/\.(?<kind>[cm]?)js$/u, ".$<kind>ts");
      if (isFile(found)) visit(found);
      // What is missing may come.
      else sources.add(target);
    }
  };
  visit(path.resolve(file));
  return sources;
}

function imported(file: string): readonly ts.FileReference[] {
  if (file.endsWith(".json")) return [];
  try {
    return ts.preProcessFile(readFileSync(file, "utf8"), true, true).importedFiles;
  } catch {
    return [];
  }
}

function isFile(name: string): boolean {
  return path.extname(name) !== "" && existsSync(name);
}
