// @ts-check
// The VS Code that runs tests: the stand-in where it can run, else the desktop VS Code, which is downloaded.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";

import { findChromium, noChromium } from "./host/chromium.mjs";
import { isInstalled } from "./host/install.mjs";
import { canHost, downloads } from "./host/versions.mjs";

/** @typedef {import("./host/versions.mjs").Version} Version */
/**
 * @typedef {{
 *   user: string,
 *   installed: string,
 *   open: readonly string[],
 *   extensions: readonly string[],
 *   entry: string,
 *   trusted: boolean,
 *   seconds: number,
 *   env: Record<string, string>,
 *   web: string | null,
 * }} EditorRun `web` is the file for the counts where the tests run in a browser only; `user` and `installed` are the folders of user data and of installed extensions
 */

const hosted = canHost() && process.env["VSCODE_DOWNLOAD"] !== "1";

/** The executable. @param {Version} version @returns {Promise<string>} */
export async function findEditor(version) {
  if (!hosted) return downloadAndUnzipVSCode({ version: downloads[version], cachePath: path.join(import.meta.dirname, ".cache") });
  if (!isInstalled(version)) throw new Error("this VS Code is not installed, or not up to date: run `npm run editor:setup`");
  if (findChromium() === undefined) throw new Error(noChromium);
  return path.join(import.meta.dirname, "host/code.mjs");
}

/** @param {Version} version @param {string} executable @param {EditorRun} run @param {string} vsix */
export async function installPackage(version, executable, { installed, user }, vsix) {
  const [command = executable, ...args] = hosted ? [executable] : resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const code = await spawned(command, [...args, ...folders(user, installed), "--install-extension", vsix], { EDITOR_HOST: version });
  if (code !== 0) throw new Error(`installing ${vsix} ended with ${code}`);
}

/** Rejects where a test failed, or the editor. @param {Version} version @param {string} executable @param {EditorRun} run */
export async function runInEditor(version, executable, { user, installed, open, extensions, entry, trusted, seconds, env, web }) {
  if (!hosted && web !== null) throw new Error("only the editor that `npm run editor:setup` installs runs without a server");
  const launchArgs = [...open, ...folders(user, installed)];
  if (hosted || trusted) {
    const host = { EDITOR_HOST: version, EDITOR_HOST_TIMEOUT: String(seconds), EDITOR_HOST_TRUST: trusted ? "granted" : "withheld", ...(web === null ? {} : { EDITOR_HOST_WEB: web }) };
    await runTests({ vscodeExecutablePath: executable, extensionDevelopmentPath: [...extensions], extensionTestsPath: entry, launchArgs, extensionTestsEnv: { ...env, ...host } });
    return;
  }
  // runTests always trusts the workspace.
  const flags = ["--no-sandbox", "--disable-gpu-sandbox", "--disable-updates", "--skip-welcome", "--skip-release-notes"];
  const code = await spawned(executable, [...launchArgs, ...flags, `--extensionTestsPath=${entry}`, ...extensions.map((folder) => `--extensionDevelopmentPath=${folder}`)], env);
  if (code !== 0) throw new Error(`the editor ended with ${code}`);
}

/** @param {string} user @param {string} installed */
const folders = (user, installed) => [`--user-data-dir=${user}`, `--extensions-dir=${installed}`];

/** @param {string} command @param {readonly string[]} args @param {Record<string, string>} env @returns {Promise<number | null>} */
async function spawned(command, args, env) {
  const shell = process.platform === "win32";
  const child = spawn(shell ? `"${command}"` : command, args, { env: { ...process.env, ...env }, shell, stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "close");
  return code;
}
