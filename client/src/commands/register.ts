import { commands, window, type Disposable } from "vscode";

import { addManagerHelper } from "./add-manager-helper.js";
import { checkWorkspace, clearWorkspaceCheck } from "./check-workspace.js";
import type { Parts, Run } from "./command.js";
import { debugInformation } from "./debug-information.js";
import { fixAllInFile } from "./fix-all-in-file.js";
import { restart } from "./restart.js";
import { showDetails } from "./show-details.js";
import { showLog } from "./show-log.js";
import { showRuleTimes } from "./show-rule-times.js";

const all: Readonly<Record<string, Run>> = { addManagerHelper, checkWorkspace, clearWorkspaceCheck, debugInformation, fixAllInFile, restart, showDetails, showLog, showRuleTimes };

export function registerCommands(parts: Parts): readonly Disposable[] {
  return Object.entries(all).map(([name, run]) =>
    commands.registerCommand(`awaitUsing.${name}`, async () => {
      try {
        await run(parts);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        parts.log.error(error instanceof Error ? error : message);
        void window.showErrorMessage(message.startsWith("Await Using") ? message : `Await Using: ${message}`);
      }
    }),
  );
}
