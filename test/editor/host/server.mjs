// @ts-check
// The VS Code server: it serves the workbench and runs the extension host.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { nodeOf, serverOf } from "./versions.mjs";

/** @typedef {import("./profile.mjs").Profile} Profile */
/** @typedef {import("./versions.mjs").Version} Version */

/** @param {Profile} profile */
const dataArguments = ({ server, user, extensions }) => ["--server-data-dir", server, "--user-data-dir", user, "--extensions-dir", extensions];

/** @param {Version} version */
const mainOf = (version) => path.join(serverOf(version), "out/server-main.js");

/** @param {NodeJS.ProcessEnv} [extra] @returns {NodeJS.ProcessEnv} */
const environment = (extra) => ({
  ...process.env,
  EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" }),
  // A terminal inside another VS Code must not pass its own variables on.
  VSCODE_IPC_HOOK_CLI: "",
  ELECTRON_RUN_AS_NODE: "",
  // As if started from a shell: otherwise a login shell is asked for its environment, which takes 10 s to fail.
  VSCODE_CLI: "1",
  ...extra,
});

/** Runs the server's command line (--install-extension and the like); gives its exit code. @param {Version} version @param {Profile} profile @param {readonly string[]} args */
export async function runServerCommand(version, profile, args) {
  const child = spawn(nodeOf(version), [mainOf(version), ...dataArguments(profile), ...args], { env: environment(), stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "close");
  return code ?? 1;
}

/**
 * @param {{ version: Version, profile: Profile, log: NodeJS.WritableStream, trust: "granted" | "withheld", env?: NodeJS.ProcessEnv }} options
 */
export async function startServer({ version, profile, log, trust, env }) {
  const token = randomUUID();
  const args = [
    mainOf(version),
    ...["--host", "127.0.0.1", "--port", "0", "--connection-token", token, "--accept-server-license-terms"],
    ...["--telemetry-level", "off", "--disable-telemetry", "--disable-experiments", "--disable-getting-started-override"],
    ...(trust === "granted" ? ["--disable-workspace-trust"] : []),
    ...dataArguments(profile),
  ];
  // A process group of its own: the extension host, file watcher and language servers end with it.
  const child = spawn(nodeOf(version), args, { env: environment(env), stdio: ["ignore", "pipe", "pipe"], detached: true });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, "exit").then(([code]) => /** @type {number | null} */ (code));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      signal(child.pid, "SIGTERM");
      await Promise.race([exited, sleep(5000, undefined, { ref: false })]);
    }
    signal(child.pid, "SIGKILL");
  };
  try {
    const port = await portOf(child.stdout, log, exited);
    return { port, token, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {NodeJS.ReadableStream} stdout @param {NodeJS.WritableStream} log @param {Promise<number | null>} exited @returns {Promise<number>} */
function portOf(stdout, log, exited) {
  return new Promise((resolve, reject) => {
    let head = "";
    stdout.on("data", (/** @type {Buffer} */ chunk) => {
      log.write(chunk);
      if (head.length > 100_000) return;
      head += chunk.toString();
      const port = /listening on (?<port>\d+)/u.exec(head)?.groups?.["port"];
      if (port !== undefined) resolve(Number(port));
    });
    exited.then((code) => reject(new Error(`the VS Code server exited with ${code} before it listened`)), reject);
    setTimeout(() => reject(new Error("the VS Code server did not listen within 60 s")), 60_000).unref();
  });
}

/** @param {number | undefined} group @param {NodeJS.Signals} name */
function signal(group, name) {
  try {
    if (group !== undefined) process.kill(-group, name);
  } catch {
    // None left.
  }
}
