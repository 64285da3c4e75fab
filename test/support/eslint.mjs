// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { text } from "node:stream/consumers";

import { relative } from "./announced.mjs";

/**
 * Runs a program and waits for its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
export async function run(command, args, { cwd, env = {} }) {
  const started = performance.now();
  // On Windows, npm and everything in node_modules/.bin are scripts of the shell.
  const shell = process.platform === "win32" && command !== process.execPath;
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], shell });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status: /** @type {number | null} */ (status), stdout, stderr, ms: performance.now() - started };
}

/** Runs a script on this Node. @param {readonly string[]} args @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options */
export function node(args, options) {
  return run(process.execPath, args, options);
}

/**
 * Runs the ESLint command line that is installed for a folder.
 *
 * @param {string} cwd the folder that holds the configuration
 * @param {readonly string[]} args files, folders and options
 * @param {{ installedIn?: string, env?: NodeJS.ProcessEnv }} [options] where `node_modules/eslint` is
 */
export async function eslint(cwd, args, { installedIn = cwd, env = {} } = {}) {
  const bin = path.join(installedIn, "node_modules", "eslint", "bin", "eslint.js");
  const { ms, status, stderr, stdout } = await node(["--max-old-space-size=6144", bin, "--format", "json", ...args], { cwd, env });
  if (status === null || status > 1) throw new Error(`eslint ${args.join(" ")} ended with ${status}:\n${stderr}${stdout}`);
  /** @type {import("eslint").ESLint.LintResult[]} */
  const results = JSON.parse(stdout);
  const findings = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId }) => ({ file: relative(cwd, filePath), line, rule: ruleId?.replace(/^await-using\//u, "") ?? "(no rule)", message })),
  );
  return { files: results.length, findings, ms };
}
