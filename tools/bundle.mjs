// @ts-check
// The bundles that the extension and the server run from: dist/client.cjs, dist/web.cjs (the extension in a browser),
// dist/server.cjs (the protocol thread), dist/worker.cjs (the analysis) and dist/config.cjs (the workspace's ESLint
// configuration), with TypeScript's lib files in dist/typescript/. `--production` minifies and leaves source maps out.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { withoutTypes } from "./snippets/javascript.mjs";
import { readSource, regionOf, sources } from "./snippets/source.mjs";

const root = path.join(import.meta.dirname, "..");
const dist = path.join(root, "dist");
const shims = path.join(import.meta.dirname, "shims");

/** @typedef {{ name: string, entry: string, external?: string[], platform?: "browser" }} Bundle */

/**
 * Bytes of each bundle, and the source files inside them, from the repository's root.
 *
 * @typedef {{ sizes: Record<string, number>, inputs: ReadonlySet<string> }} Bundled
 */

/** What stands for `import.meta` in CommonJS. */
const importMeta = {
  define: { "import.meta.url": "importMetaUrl", "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** @type {readonly Bundle[]} */
const bundles = [
  { name: "client", entry: "client/src/extension.ts", external: ["vscode"] },
  { name: "web", entry: "client/src/web.ts", external: ["vscode"], platform: "browser" },
  { name: "server", entry: "server/src/main.ts" },
  { name: "worker", entry: "server/src/analysis/worker.ts" },
  { name: "config", entry: "server/src/config/worker.ts" },
];

/** @type {Readonly<Record<string, string>>} */
const redirected = {
  // Sources, so that a bundle is never older than what it is made of.
  "eslint-plugin-await-using": path.join(root, "eslint-plugin/src/index.ts"),
  "eslint-plugin-await-using/editor": path.join(root, "eslint-plugin/src/editor.ts"),
  "eslint-plugin-await-using/settings": path.join(root, "eslint-plugin/src/settings.ts"),
  // Of ESLint only `Linter` runs here: its other half finds and loads configurations and formatters.
  eslint: path.join(shims, "eslint.cjs"),
  "eslint/use-at-your-own-risk": path.join(shims, "eslint-unsupported.cjs"),
};

/** @type {import("esbuild").Plugin} */
const redirections = {
  name: "redirections",
  setup({ onResolve }) {
    const names = Object.keys(redirected).join("|");
    onResolve({ filter: new RegExp(`^(?:${names})$`) }, ({ path: name }) => ({ path: redirected[name] }));
  },
};

/**
 * Makes the bundles.
 *
 * @param {{ production: boolean }} options
 * @returns {Promise<Bundled>}
 */
export async function bundle({ production }) {
  const made = `${dist}-${process.pid}`;
  mkdirSync(made);
  try {
    const result = await bundleInto(made, production);
    replaceDist(made);
    return result;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** All at once: an editor may be running from what was there before. @param {string} made */
function replaceDist(made) {
  if (existsSync(dist)) renameSync(dist, `${made}-old`);
  renameSync(made, dist);
  rmSync(`${made}-old`, { recursive: true, force: true });
}

/** @param {string} folder @param {boolean} production @returns {Promise<Bundled>} */
async function bundleInto(folder, production) {
  /** @type {Record<string, number>} */
  const sizes = {};
  /** @type {Set<string>} */
  const inputs = new Set();
  for (const { name, entry, external = [], platform = "node" } of bundles) {
    const outfile = path.join(folder, `${name}.cjs`);
    const { metafile, warnings } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      external,
      bundle: true,
      platform,
      target: platform === "node" ? "node20" : "es2022",
      format: "cjs",
      minify: production,
      // Names of classes are shown in errors.
      keepNames: production,
      sourcemap: !production,
      sourcesContent: false,
      legalComments: "none",
      metafile: true,
      logLevel: "warning",
      plugins: [redirections],
      ...(platform === "node" ? { ...importMeta, define: { ...importMeta.define, managerHelper: JSON.stringify(managerHelper()), serverVersion: JSON.stringify(serverVersion()) } } : {}),
    });
    if (warnings.length > 0) throw new Error(`${name}: bundling has warnings`);
    sizes[`${name}.cjs`] = statSync(outfile).size;
    for (const [input, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined)?.inputs ?? {})) {
      if (bytesInOutput > 0) inputs.add(input);
    }
  }
  // Browsers with an older VS Code add `.js` to any other ending, and newer ones take `.js` for a module here.
  cpSync(path.join(folder, "web.cjs"), path.join(folder, "web.cjs.js"));
  inputs.add("node_modules/typescript/lib/lib.d.ts");
  sizes["typescript/"] = copyLibraries(path.join(folder, "typescript"));
  return { sizes, inputs };
}

/** The manager helper as the server adds it to a project: the text of its snippet, which has no holes. */
function managerHelper() {
  const name = "helper/managed";
  const source = readSource(name, readFileSync(path.join(sources, `${name}.ts`), "utf8").replaceAll("\r\n", "\n"));
  const text = (/** @type {string} */ code) => `${regionOf({ ...source, text: code }).trim()}\n`;
  return { typescript: text(source.text), javascript: text(withoutTypes(source.text)) };
}

/** What the server says it is. */
function serverVersion() {
  const { version } = JSON.parse(readFileSync(path.join(root, "server/package.json"), "utf8"));
  return version;
}

/** The declarations of JavaScript itself, by which the worker types every program. @param {string} to */
function copyLibraries(to) {
  const from = path.dirname(fileURLToPath(import.meta.resolve("typescript")));
  const names = readdirSync(from).filter((name) => /^lib\..*d\.ts$/u.test(name));
  for (const name of names) cpSync(path.join(from, name), path.join(to, name));
  return names.reduce((sum, name) => sum + statSync(path.join(to, name)).size, 0);
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0).padStart(6)} KiB`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { sizes } = await bundle({ production: process.argv.includes("--production") });
  for (const [name, size] of Object.entries(sizes)) console.log(`${kilobytes(size)}  dist/${name}`);
}
