import path from "node:path";

import { keyOf, type Names } from "./names.js";

/** The files and folders that a program has looked for in vain: where one comes, an import may lead to it. */
export interface Missed {
  add(name: string): void;
  /** Whether what has come is one of them, lies in one, or, if it is a folder, may bring one. */
  includes(name: string, isFolder: boolean): boolean;
  clear(): void;
}

export function rememberMissed(names: Names): Missed {
  const added = new Set<string>();
  /** How each may be told when it comes: under the name that was looked for, or where links lead. */
  let told: ReadonlySet<string> | null = null;

  const isOrLiesIn = (name: string, missed: ReadonlySet<string>): boolean => {
    for (let at = name; ; at = path.dirname(at)) {
      if (missed.has(at)) return true;
      if (at === path.dirname(at)) return false;
    }
  };

  return {
    add(name) {
      if (added.has(name)) return;
      added.add(name);
      told = null;
    },
    includes(name, isFolder) {
      const missed = (told ??= new Set([...added].flatMap((each) => [keyOf(path.normalize(each)), names.identityOf(path.normalize(each))])));
      return [keyOf(name), names.identityOf(name)].some((each) => isOrLiesIn(each, missed) || (isFolder && [...missed].some((other) => other.startsWith(each + path.sep))));
    },
    clear() {
      added.clear();
      told = null;
    },
  };
}
