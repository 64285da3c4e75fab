import { environmentMethod, statusMethod, type Status } from "await-using-language-server/contract";
import { workspace, type LogOutputChannel } from "vscode";

import { forgetWorkspaceCheck } from "./commands/check-workspace.js";
import type { WatchedEnvironment } from "./environment.js";
import { makeClient } from "./language-client.js";
import { keepRunning, type Lifetime } from "./lifetime.js";
import type { StatusItem } from "./status.js";
import { together, type Subscription } from "./subscriptions.js";

export interface ServerSetup {
  readonly dist: string;
  readonly log: LogOutputChannel;
  readonly trace: LogOutputChannel;
  readonly status: StatusItem;
  readonly environment: WatchedEnvironment;
}

/** The server's lifetime, connected with the rest of the extension. */
export function connectServer({ dist, environment, log, status, trace }: ServerSetup): Lifetime & Subscription {
  const make = (onEnd: (because: string) => void) => {
    const client = makeClient({ dist, log, trace, options: () => ({ client: "vscode", ...environment.now() }) }, onEnd);
    client.onNotification(statusMethod, (told: Status) => {
      status.show(told);
    });
    return client;
  };
  const lifetime = keepRunning(make, {
    onStarting() {
      status.forgetDocuments();
      status.showServer("starting", "Starting");
      void forgetWorkspaceCheck();
    },
    onRunning(client) {
      if (status.current().server.state === "starting") status.showServer("ready", "");
      // What has changed since the server was told at its start.
      void client.sendNotification(environmentMethod, environment.now());
    },
    onEnded(because, isGivenUp) {
      log.error(isGivenUp ? `Given up: ${because}.` : `Starting again: ${because}.`);
      if (isGivenUp) status.showServer("stopped", `Stopped after several attempts: ${because}.`, "error");
      else status.showServer("degraded", `Starting again: ${because}.`, "warning");
    },
  });
  const subscriptions = together(
    environment.onDidChange((now) => {
      void lifetime.client()?.sendNotification(environmentMethod, now);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("awaitUsing.runtime") && !event.affectsConfiguration("awaitUsing.execArgv")) return;
      log.info("The server is started anew: its runtime has changed.");
      void lifetime.restart();
    }),
  );
  return { ...lifetime, ...subscriptions };
}

/** Whether there is a disk to read projects from; a virtual workspace has none. */
export function hasFiles(): boolean {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length === 0 || folders.some(({ uri }) => uri.scheme === "file");
}
