/** How is a list of names written down? */

/**
 * A list of names that mean the same to the engine. It answers whether a name is one
 * of them; a name that cannot be read (`null`) never is.
 */
export type Word = (name: string | null) => boolean;

/** The names themselves and no others. */
export function exactly(...names: readonly string[]): Word {
  const all: ReadonlySet<string> = new Set(names);
  return (name) => name !== null && all.has(name);
}

/** The names, and those that go on with another word: `open` and `openFile`, not `opener`. */
export function beginningWith(...names: readonly string[]): Word {
  return matching(new RegExp(`^(?:${names.join("|")})(?![a-z])`, "u"));
}

/** What neither of the above can say. */
export function matching(pattern: RegExp): Word {
  return (name) => name !== null && pattern.test(name);
}

/** The names of several words. */
export function anyOf(...words: readonly Word[]): Word {
  return (name) => words.some((word) => word(name));
}
