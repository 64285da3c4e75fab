// @ts-check
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import * as rpc from "vscode-jsonrpc/node";

import { root } from "../../support/stage.mjs";
import { edited } from "./edits.mjs";

/**
 * Somebody who answers edits of one file, in a process of its own.
 *
 * @typedef {object} Contender
 * @property {(text: string) => Promise<number>} edit from the edit to the findings; how many there are
 * @property {() => number} memory the most that the process has held, in MiB
 * @property {() => Promise<void>} stop
 */

/** @param {string} script @param {string} configFile @param {string} file @param {readonly string[]} more @returns {Contender} */
export function startScript(script, configFile, file, ...more) {
  const child = spawn(process.execPath, ["--max-old-space-size=8192", path.join(import.meta.dirname, script), configFile, file, ...more], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async edit(text) {
      child.stdin.write(`${JSON.stringify(text)}\n`);
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`${script} has ended`);
      return JSON.parse(value).found;
    },
    memory: () => peakMemory(child.pid ?? 0),
    stop: () => ended(child),
  };
}

/**
 * Our server, over stdio.
 *
 * @param {string} folder @param {string} file @returns {Promise<Contender>}
 */
export async function startServer(folder, file) {
  const child = spawn(process.execPath, [path.join(root, "dist", "server.cjs"), "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(child.stdout), new rpc.StreamMessageWriter(child.stdin));
  connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
  connection.onRequest(() => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
    capabilities: { textDocument: { diagnostic: { relatedInformation: true } }, workspace: { configuration: true } },
    initializationOptions: { trusted: true, eslintExtensionActive: false, client: "bench" },
  });
  await connection.sendNotification("initialized", {});
  const uri = pathToFileURL(file).href;
  let version = 0;
  return {
    async edit(text) {
      version += 1;
      await connection.sendNotification(version === 1 ? "textDocument/didOpen" : "textDocument/didChange", version === 1 ? { textDocument: { uri, languageId: "typescript", version, text } } : { textDocument: { uri, version }, contentChanges: [{ text }] });
      const { items } = await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
      return items.length;
    },
    memory: () => peakMemory(child.pid ?? 0),
    async stop() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await ended(child);
    },
  };
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<void>} */
function ended(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once("exit", () => resolve());
    child.kill();
  });
}

/** The most memory a process has held, in MiB; NaN where the system does not tell. @param {number} pid */
function peakMemory(pid) {
  try {
    const kibibytes = /VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kibibytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

export { edited };
