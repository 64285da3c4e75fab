/** Where is something declared: in the standard library, in Node, or elsewhere? */

import type ts from "typescript";

/** Where a declaration comes from: the only ground on which a type is called inert. */
export interface Origin {
  readonly of: "lib" | "node" | "other";
  /** A `node:` module's name without the prefix, or a package's name. */
  readonly module: string | null;
}

const nodeTypes = /\/node_modules\/@types\/node\/(?<file>.+?)\.d\.[cm]?ts$/u;
const packaged = /.*\/node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//u;

/** The origin of the file that holds a declaration. */
export function originOf(declaration: ts.Node, program: ts.Program): Origin {
  const file = declaration.getSourceFile();
  const node = nodeTypes.exec(file.fileName)?.groups?.["file"];
  if (node !== undefined) return { of: "node", module: node };
  if (program.isSourceFileDefaultLibrary(file)) return { of: "lib", module: null };
  return { of: "other", module: packaged.exec(file.fileName)?.groups?.["name"] ?? null };
}
