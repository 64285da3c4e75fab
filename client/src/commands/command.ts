import type { LogOutputChannel } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import type { WatchedEnvironment } from "../environment.js";
import type { Lifetime } from "../lifetime.js";
import type { StatusItem } from "../status.js";

/** What commands work with. */
export interface Parts {
  readonly version: string;
  readonly log: LogOutputChannel;
  readonly status: StatusItem;
  readonly environment: WatchedEnvironment;
  readonly lifetime: Lifetime;
}

export type Run = (parts: Parts) => Promise<void>;

/** @throws Error that says what to do, where the server does not run */
export function runningClient({ lifetime }: Parts): LanguageClient {
  const client = lifetime.client();
  if (client === null) throw new Error("Await Using's language server is not running. Start it by the command “Await Using: Restart”.");
  return client;
}
