// @ts-check
// The sets of rules that are compared, and which of their findings are about resources.

/**
 * @typedef {object} Compared
 * @property {string} name in the table
 * @property {"biome" | "eslint"} by
 * @property {(id: string) => boolean} speaks whether a rule is about resources, or about promises that nobody awaits
 */

const promises = new Set(["await-thenable", "no-floating-promises", "no-misused-promises", "return-await"].map((rule) => `@typescript-eslint/${rule}`));

/** @type {Readonly<Record<string, Compared>>} */
export const sets = {
  none: { name: "typescript-eslint's parser with types, no rule", by: "eslint", speaks: () => false },
  recommended: { name: "**ours, `recommended`**", by: "eslint", speaks: () => true },
  strict: { name: "**ours, `strict`**", by: "eslint", speaks: () => true },
  typescriptEslint: { name: "typescript-eslint {typescript-eslint}, `strictTypeChecked`", by: "eslint", speaks: (id) => promises.has(id) },
  unicorn: { name: "eslint-plugin-unicorn {eslint-plugin-unicorn}, `prefer-dispose` and `no-invalid-well-known-symbol-methods`", by: "eslint", speaks: () => true },
  jupyter: { name: "@jupyter/eslint-plugin {@jupyter/eslint-plugin}, `require-disposable-ownership` and `-transfer`", by: "eslint", speaks: () => true },
  biome: { name: "Biome {@biomejs/biome}, `useDisposables`", by: "biome", speaks: () => true },
};
