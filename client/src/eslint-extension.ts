import { EventEmitter, extensions, workspace, type Event } from "vscode";

import { together, type Subscription } from "./subscriptions.js";

const id = "dbaeumer.vscode-eslint";

export interface ESLintExtension extends Subscription {
  /** Whether the ESLint extension shows the findings of the workspace's own ESLint. */
  isActive(): boolean;
  readonly onDidChange: Event<void>;
}

/** Watches whether the ESLint extension is there, turned on, and did not fail to start. */
export function watchESLintExtension(): ESLintExtension {
  const changed = new EventEmitter<void>();
  let failed: unknown = null;
  let awaited: unknown = null;

  // While it starts it counts as active, so that nothing is shown twice in the meantime. VS Code starts
  // it with every window; asking for it here only says when that is done.
  const follow = (): void => {
    const extension = extensions.getExtension(id);
    if (extension === undefined || extension.isActive || extension === awaited) return;
    awaited = extension;
    extension.activate().then(undefined, () => {
      failed = extension;
      changed.fire();
    });
  };
  const isActive = (): boolean => {
    const extension = extensions.getExtension(id);
    return extension !== undefined && extension !== failed && workspace.getConfiguration("eslint").get("enable", true);
  };
  follow();
  const subscriptions = together(
    changed,
    extensions.onDidChange(() => {
      follow();
      changed.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("eslint.enable")) changed.fire();
    }),
  );
  return {
    isActive,
    onDidChange: changed.event,
    ...subscriptions,
  };
}
