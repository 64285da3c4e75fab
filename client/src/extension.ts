import path from "node:path";

import type { ExtensionContext } from "vscode";

import { registerCommands } from "./commands/register.js";
import { connectServer, hasFiles } from "./connect-server.js";
import { watchEnvironment } from "./environment.js";
import { openLog, openTrace } from "./log.js";
import { showStatus } from "./status.js";

let stop: () => Promise<void> = () => Promise.resolve();

export function activate({ extension, extensionPath, subscriptions }: ExtensionContext): void {
  const log = openLog();
  const trace = openTrace(log);
  const status = showStatus();
  const environment = watchEnvironment();
  const server = connectServer({ dist: path.join(extensionPath, "dist"), environment, log, status, trace });
  const { version } = extension.packageJSON as { readonly version: string };
  subscriptions.push(log, trace, status, environment, server, ...registerCommands({ environment, lifetime: server, log, status, version }));
  stop = () => server.stop();
  if (hasFiles()) void server.restart();
  else status.showServer("ready", "Only snippets work in a virtual workspace, which has no files on a disk.");
}

export function deactivate(): Promise<void> {
  return stop();
}
