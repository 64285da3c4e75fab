import type { Environment } from "await-using-language-server/contract";
import { EventEmitter, workspace, type Event } from "vscode";

import { watchESLintExtension } from "./eslint-extension.js";
import { together, type Subscription } from "./subscriptions.js";

export interface WatchedEnvironment extends Subscription {
  now(): Environment;
  readonly onDidChange: Event<Environment>;
}

/** What the server has to know about the editor: trust, and whether another extension shows findings. */
export function watchEnvironment(): WatchedEnvironment {
  const changed = new EventEmitter<Environment>();
  const eslint = watchESLintExtension();
  const now = (): Environment => ({ trusted: workspace.isTrusted, eslintExtensionActive: eslint.isActive() });
  let told = now();
  const tell = (): void => {
    const known = told;
    told = now();
    if (known.trusted !== told.trusted || known.eslintExtensionActive !== told.eslintExtensionActive) changed.fire(told);
  };
  return {
    now,
    onDidChange: changed.event,
    ...together(changed, eslint, workspace.onDidGrantWorkspaceTrust(tell), eslint.onDidChange(tell)),
  };
}
