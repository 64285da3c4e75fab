// @ts-check
import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The repository's root. */
export const root = path.join(import.meta.dirname, "..", "..");

/** A fresh folder outside the repository; removed when the process ends. */
export function temporary(/** @type {string} */ name) {
  const folder = mkdtempSync(path.join(tmpdir(), `await-using-${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The packages that ship their TypeScript sources, and where a source imports its own package from. */
const sources = {
  effect: { effect: ["./src/index.ts"], "effect/*": ["./src/*"] },
  "@trpc/server": { "@trpc/server": ["./src/@trpc/server/index.ts"], "@trpc/server/*": ["./src/@trpc/server/*", "./src/*"] },
  zod: { zod: ["./src/index.ts"], "zod/*": ["./src/*"] },
};

/** What the sources of packages are checked with. */
export const sourceOptions = {
  target: "ESNext",
  lib: ["ESNext", "DOM", "DOM.Iterable"],
  module: "ESNext",
  moduleResolution: "Bundler",
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
};

/**
 * Copies a package's TypeScript sources into a project of their own: below
 * `node_modules` neither ESLint nor TypeScript takes them for a project's code.
 *
 * @param {keyof typeof sources} name a package in the repository's `node_modules`
 * @param {string} folder where the project goes
 */
export function stagePackage(name, folder) {
  const installed = path.join(root, "node_modules", name);
  if (!existsSync(path.join(installed, "src"))) throw new Error(`${name} is not installed with its sources; run npm ci`);
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(installed, "src"), path.join(folder, "src"), { recursive: true, dereference: true });
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  writeJson(path.join(folder, "package.json"), { name: `${path.basename(name)}-sources`, private: true, type: "module" });
  writeJson(path.join(folder, "tsconfig.json"), {
    compilerOptions: { ...sourceOptions, paths: sources[name] },
    include: ["src"],
  });
  return folder;
}

/** Copies a tree of files, by hard links where they can be made; what is linked in it stays away. @param {string} from @param {string} to */
export function copyTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    else if (entry.isFile()) copyFile(source, target);
  }
}

/** @param {string} source @param {string} target */
function copyFile(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** @param {string} file @param {unknown} value */
export function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The plugin's `recommended` config as the README shows it; a package's own directives concern rules that do not run. */
export const recommendedConfig = `import { defineConfig } from "eslint/config";
import awaitUsing from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";

export default defineConfig([
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "await-using": awaitUsing },
    extends: ["await-using/recommended"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
  },
]);
`;
