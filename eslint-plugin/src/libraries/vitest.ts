/** Which disposers of Vitest need no call of their holder? */

import { matching, type Word } from "../lexicon/word.js";

/** Mocks and spies, by the packages that declare them: the runner restores them when it is told to, and they end with its worker at the latest (LIBRARIES.md, "What follows for the rules"). */
export const inertOfVitest: Readonly<Record<string, Word>> = {
  "@vitest/spy": matching(/^Mock/u),
  vitest: matching(/^Mock/u),
};
