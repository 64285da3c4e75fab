// @ts-check
// A workbench ready to be opened in a browser: server, proxy and the address.
import path from "node:path";
import { pathToFileURL } from "node:url";

import { settingsDefaults } from "./defaults.mjs";
import { startProxy } from "./proxy.mjs";
import { startServer } from "./server.mjs";

/**
 * @typedef {{
 *   version: import("./versions.mjs").Version,
 *   profile: import("./profile.mjs").Profile,
 *   log: NodeJS.WritableStream,
 *   trust: "granted" | "withheld",
 *   workspace?: string | undefined,
 *   file?: string | undefined,
 *   extensions: readonly string[],
 *   tests?: string | undefined,
 *   env?: NodeJS.ProcessEnv,
 * }} WorkbenchOptions `workspace` is a folder or a .code-workspace, `extensions` are under development, `tests` is the
 * module that the extension host runs
 */

/** @param {WorkbenchOptions} options */
export async function startWorkbench({ version, profile, log, trust, workspace, file, extensions, tests, env = {} }) {
  const server = await startServer({ version, profile, log, trust, env });
  const proxy = await startProxy(server.port, (options, authority) => ({
    ...options,
    configurationDefaults: { ...options.configurationDefaults, ...settingsDefaults },
    developmentOptions: {
      ...options.developmentOptions,
      extensions: extensions.map((folder) => remote(authority, folder)),
      ...(tests === undefined ? {} : { extensionTestsPath: remote(authority, tests) }),
    },
  }));
  const stop = async () => {
    proxy.stop();
    await server.stop();
  };
  const authority = `127.0.0.1:${proxy.port}`;
  const query = new URLSearchParams({ tkn: server.token });
  if (workspace === undefined) query.set("ew", "true");
  else query.set(workspace.endsWith(".code-workspace") ? "workspace" : "folder", path.resolve(workspace));
  const payload = [["skipWelcome", "true"], ...(file === undefined ? [] : [["openFile", `vscode-remote://${authority}${pathToFileURL(file).pathname}`]])];
  query.set("payload", JSON.stringify(payload));
  return { url: `http://${authority}/?${query}`, exited: server.exited, stop };
}

/** @param {string} authority @param {string} file */
function remote(authority, file) {
  return { scheme: "vscode-remote", authority, path: decodeURIComponent(pathToFileURL(path.resolve(file)).pathname) };
}
