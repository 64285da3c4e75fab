// @ts-check
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { run } from "../support/eslint.mjs";
import { root, writeJson } from "../support/stage.mjs";
import { commonOptions, installOf } from "./packages.mjs";

/** Where an install is kept between runs; never committed. @param {import("./packages.mjs").Install} folder */
const cacheOf = (folder) => path.join(root, ".cache", folder.replace("install", "accuracy"));
const lock = "package-lock.json";

/**
 * Installs what some packages are pinned with, and all that their types come from,
 * unless that was done before.
 *
 * @param {readonly import("./packages.mjs").Package[]} packages
 */
export async function install(packages) {
  for (const folder of new Set(packages.map(installOf))) await installFolder(folder);
}

/** @param {import("./packages.mjs").Install} folder */
async function installFolder(folder) {
  const cache = cacheOf(folder);
  const wanted = path.join(import.meta.dirname, folder);
  const done = path.join(cache, "installed.json");
  const pinned = readFileSync(path.join(wanted, lock), "utf8");
  if (existsSync(done) && readFileSync(done, "utf8") === pinned) return;
  rmSync(done, { force: true });
  cpSync(wanted, cache, { recursive: true });
  // Not `npm ci`: it refuses a lock file without the optional packages of other systems, which npm leaves out of one.
  const { status, stderr } = await run("npm", ["install", "--no-save", "--legacy-peer-deps", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: cache });
  if (status !== 0) throw new Error(`the packages cannot be installed:\n${stderr}`);
  writeFileSync(done, pinned);
}

/**
 * Copies a package's sources out of `node_modules`, where neither
 * ESLint nor TypeScript takes them for a project's code.
 *
 * @param {import("./packages.mjs").Package} wanted
 * @returns {string} the folder to lint
 */
export function stage(wanted) {
  const { compilerOptions = {}, isJavaScript = false, name, sources } = wanted;
  const cache = cacheOf(installOf(wanted));
  const installed = path.join(cache, "node_modules", name);
  const folder = path.join(cache, "sources", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const source of sources) {
    if (!existsSync(path.join(installed, source))) throw new Error(`${name} has no ${source}`);
    cpSync(path.join(installed, source), path.join(folder, source), { recursive: true, filter: isJavaScript ? isWritten : isTypeScript });
  }
  // Its `engines` and its own name in imports.
  cpSync(path.join(installed, "package.json"), path.join(folder, "package.json"));
  if (existsSync(path.join(installed, "node_modules"))) symlinkSync(path.join(installed, "node_modules"), path.join(folder, "node_modules"), "junction");
  writeJson(path.join(folder, "tsconfig.json"), { compilerOptions: { ...commonOptions, ...(isJavaScript ? { allowJs: true } : {}), ...compilerOptions }, include: sources });
  return folder;
}

/** TypeScript and what it imports; not its own idea of a project, nor what was built of it. @param {string} file */
function isTypeScript(file) {
  const name = path.basename(file);
  return statSync(file).isDirectory() ? name !== "node_modules" : /\.(?:[cm]?tsx?|json)$/u.test(name) && !isProject(name);
}

/** JavaScript that a person wrote, with the types and the data beside it. @param {string} file */
function isWritten(file) {
  const name = path.basename(file);
  if (statSync(file).isDirectory()) return !/^(?:dist|node_modules|vendor)$/u.test(name);
  return /\.[cm]?jsx?$/u.test(name) ? !isGenerated(readFileSync(file, "utf8")) : /\.(?:d\.[cm]?ts|json)$/u.test(name) && !isProject(name);
}

/** @param {string} name */
function isProject(name) {
  return /^tsconfig.*\.json$/u.test(name);
}

/** Bundled, compiled or minified. @param {string} text */
function isGenerated(text) {
  return /__esModule|__awaiter|sourceMappingURL|__webpack_require__|regeneratorRuntime|_interopRequire/u.test(text) || text.length / text.split("\n").length >= 120;
}
