// @ts-check
// Installs a VS Code server with its Node. Nothing is compiled and no install script is run.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { homeOf, nodeOf, serverOf } from "./versions.mjs";
import { onPath } from "./which.mjs";

/** @typedef {import("./versions.mjs").Version} Version */

/** @param {Version} version */
const stampOf = (version) => path.join(homeOf(version), "node_modules/.installed");

/** @param {Version} version */
export function isInstalled(version) {
  return existsSync(stampOf(version)) && readFileSync(stampOf(version), "utf8") === inputs(version);
}

/** @param {Version} version */
export function install(version) {
  const server = serverOf(version);
  rmSync(stampOf(version), { force: true });
  npm(homeOf(version), ["ci"]);
  chmodSync(nodeOf(version), 0o755);
  // The server's optional packages are 190 MB of other things; the one it cannot watch files without is named.
  const shrinkwrap = JSON.parse(readFileSync(path.join(server, "npm-shrinkwrap.json"), "utf8"));
  const watcher = "@parcel/watcher-linux-x64-glibc";
  const watcherVersion = shrinkwrap.packages[`node_modules/${watcher}`]?.version;
  npm(server, ["install", "--no-save", "--omit=dev", "--omit=optional", ...(watcherVersion === undefined ? [] : [`${watcher}@${watcherVersion}`])]);
  // The built-in TypeScript extension's TypeScript.
  npm(path.join(server, "extensions"), ["install", "--no-save", "--omit=dev"]);
  replaceNative(server);
  prune(version);
  writeFileSync(stampOf(version), inputs(version));
}

/** @param {string} server */
function replaceNative(server) {
  const modules = path.join(server, "node_modules");
  cpSync(path.join(import.meta.dirname, "spdlog.cjs"), path.join(modules, "@vscode/spdlog/index.js"));
  // The watch over the parent process: the extension host ends with its connection anyway.
  for (const watchdog of ["native-watchdog", "@vscode/native-watchdog"]) {
    const folder = path.join(modules, watchdog);
    if (existsSync(folder)) writeFileSync(path.join(folder, "index.js"), "exports.start = () => {};\nexports.exit = (code) => process.exit(code ?? 0);\n");
  }
  // Older servers expect a ripgrep that an install script would download; findFiles needs it.
  const ripgrep = path.join(modules, "@vscode/ripgrep");
  const rg = onPath("rg");
  if (existsSync(ripgrep) && rg !== undefined) {
    mkdirSync(path.join(ripgrep, "bin"), { recursive: true });
    rmSync(path.join(ripgrep, "bin/rg"), { force: true });
    symlinkSync(rg, path.join(ripgrep, "bin/rg"));
  }
}

/** Takes away what tests never use. @param {Version} version */
function prune(version) {
  const server = serverOf(version);
  const unused = ["extensions/copilot", "extensions/mermaid-markdown-features", "extensions/microsoft-authentication", "node_modules/@microsoft/mxc-sdk"];
  for (const folder of unused) rmSync(path.join(server, folder), { recursive: true, force: true });
  const node = path.dirname(path.dirname(nodeOf(version)));
  for (const folder of ["include", "share"]) rmSync(path.join(node, folder), { recursive: true, force: true });
}

/** @param {string} cwd @param {readonly string[]} args */
function npm(cwd, args) {
  const { error, status } = spawnSync("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${status} in ${cwd}`);
}

/** Whatever the result of an installation depends on. @param {Version} version */
function inputs(version) {
  const hash = createHash("sha256");
  for (const file of [path.join(homeOf(version), "package-lock.json"), import.meta.filename, path.join(import.meta.dirname, "spdlog.cjs")]) hash.update(readFileSync(file));
  return hash.digest("hex");
}
