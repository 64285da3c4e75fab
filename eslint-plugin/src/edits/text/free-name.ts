/** Which name can a new variable have? */

import type { Code } from "../../code.js";

const reserved = new Set("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null of package private protected public return static super switch this throw true try typeof undefined using var void while with yield".split(" "));

/** A name that nothing in the file has, with underscores behind it if need be. */
export function freeName(code: Code, wish: string): string {
  const taken = namesIn(code);
  let name = wish;
  while (taken.has(name)) name += "_";
  return name;
}

/** A free name for a resource: by its type, `fileHandle` for a `FileHandle`, else `resource`. */
export function nameFor(code: Code, type: string): string {
  const [word = ""] = /^[A-Z]\w*(?=<|$)/u.exec(type) ?? [];
  const name = word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/u, (initial) => initial.toLowerCase());
  return name === "" || reserved.has(name) || namesIn(code).has(name) ? freeName(code, "resource") : name;
}

/** The names that the file declares, and those of others that it uses. */
function namesIn({ scopes: { scopes } }: Code): ReadonlySet<string> {
  return new Set(scopes.flatMap(({ through, variables }) => [...variables.map(({ name }) => name), ...through.map(({ identifier }) => identifier.name)]));
}
