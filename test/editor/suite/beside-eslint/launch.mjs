// @ts-check
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const leak = `import { open } from "node:fs/promises";
export async function size(name: string): Promise<number> {
  const file = await open(name);
  return (await file.stat()).size;
}
`;

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/demo",
  open: "planted",
  extensions: ["eslint"],
  prepare(folder) {
    // A part of the project whose ESLint does not know our plugin.
    const apart = path.join(folder, "planted/apart");
    mkdirSync(apart);
    writeFileSync(path.join(apart, "eslint.config.js"), 'import tseslint from "typescript-eslint";\nexport default [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser } }];\n');
    writeFileSync(path.join(apart, "tsconfig.json"), JSON.stringify({ extends: "../tsconfig.json", include: ["."] }));
    writeFileSync(path.join(apart, "leak.ts"), leak);
  },
};
