// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

/**
 * Opens a file as a small editor does, in the server that is installed for a folder.
 *
 * @param {string} cwd the workspace, below the folder that has the server in its `node_modules`
 * @param {string} file from the workspace
 * @returns {Promise<{ server: { name: string, version?: string } | undefined, findings: import("../support/announced.mjs").Finding[], status: number | null, stderr: string }>}
 */
export async function findingsOfServer(cwd, file) {
  const child = spawn("npx", ["--no", "--", "await-using-language-server", "--stdio"], { cwd, env: { ...process.env, npm_config_loglevel: "error" }, stdio: ["pipe", "pipe", "pipe"], shell: process.platform === "win32" });
  const stderr = text(child.stderr);
  const ended = once(child, "close");
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const uri = pathToFileURL(path.join(cwd, file)).href;
  try {
    /** @type {Promise<any[]>} */
    const published = new Promise((resolve, reject) => {
      connection.onNotification("textDocument/publishDiagnostics", (/** @type {any} */ params) => {
        if (params.uri === uri && params.diagnostics.length > 0) resolve(params.diagnostics);
      });
      void ended.then(async ([status]) => reject(new Error(`the server ended with ${status}: ${await stderr}`)));
      setTimeout(() => reject(new Error("the server finds nothing")), 60_000).unref();
    });
    connection.listen();
    const folder = { uri: pathToFileURL(cwd).href, name: path.basename(cwd) };
    /** @type {any} */
    const { serverInfo } = await Promise.race([connection.sendRequest("initialize", { processId: process.pid, rootUri: folder.uri, workspaceFolders: [folder], capabilities: {} }), published]);
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: readFileSync(path.join(cwd, file), "utf8") } });
    const diagnostics = await published;
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    const [status] = await ended;
    const findings = diagnostics.map(({ code, message, range }) => ({ file, line: range.start.line + 1, rule: String(code).replace(/^await-using\//u, ""), message }));
    return { server: serverInfo, findings, status, stderr: await stderr };
  } finally {
    connection.dispose();
    child.kill();
  }
}
