// @ts-check
// What there is to run: each folder of suite/ is one launch of the editor. Its launch.mjs says what the editor is
// started with; every *.test.mjs beside it runs in that editor.
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @typedef {{
 *   project?: string,
 *   prepare?: (folder: string) => void | Record<string, string> | Promise<void | Record<string, string>>,
 *   open?: string,
 *   ours?: "development" | "none" | { vsix: string },
 *   extensions?: readonly string[],
 *   trust?: "granted" | "withheld",
 *   seconds?: number,
 *   env?: Record<string, string>,
 *   web?: boolean,
 *   versions?: readonly import("./host/versions.mjs").Version[],
 * }} Launch
 *
 * - `project`: a folder, from the repository's root; a fresh copy of it, which tests may edit, finds the repository's
 *   `node_modules`. Without it no folder is opened.
 * - `prepare`: changes that copy before the editor starts; what it gives is added to `env`.
 * - `open`: what of the project is opened: a folder or a `.code-workspace` file in it. By default all of it.
 * - `ours`: our extension as built in this checkout (the default), installed from a package (`vsix`: from the
 *   repository's root), or not at all.
 * - `extensions`: others, by their folders' names in `extensions/`.
 * - `trust`: whether the workspace is trusted, which is the default.
 * - `web`: as in VS Code for the Web, a worker of the browser is the only extension host, and the tests run in it, too.
 * - `versions`: the editors that it runs in; all by default.
 * - `seconds`: when the whole launch is given up; 600 by default. A single test has 180 s: two editors share two cores.
 *
 * @typedef {Launch & { name: string, files: readonly string[] }} NamedLaunch
 */

const suite = path.join(import.meta.dirname, "suite");

/** @param {readonly string[]} only names of launches; all of them if none is given @returns {Promise<NamedLaunch[]>} */
export async function launches(only) {
  const names = readdirSync(suite, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No such suite: ${unknown.join(", ")}. There are: ${names.join(", ")}`);
  const wanted = names.filter((name) => only.length === 0 || only.includes(name));
  return Promise.all(wanted.map(async (name) => {
    const folder = path.join(suite, name);
    /** @type {{ default: Launch }} */
    const { default: launch } = await import(pathToFileURL(path.join(folder, "launch.mjs")).href);
    const files = readdirSync(folder).filter((file) => /\.test\.[cm]js$/u.test(file)).sort().map((file) => path.join(folder, file));
    return { name, files, ...launch };
  }));
}
