// @ts-check
// What editor and language server say to each other, as the extension logs it. Runs in the extension host.
import * as vscode from "vscode";

import { set } from "./actions.mjs";
import { waitFor } from "./editor.mjs";

const log = () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "output" && uri.path.includes("await-using"))?.getText() ?? "";

/**
 * The results that the server gave to a method's requests while something was done.
 *
 * @template T
 * @param {string} method
 * @param {() => T | Promise<T>} work
 * @returns {Promise<{ answered: any[], result: Awaited<T> }>}
 */
export async function messagesBetween(method, work) {
  await set("trace.server", "verbose");
  await vscode.commands.executeCommand("awaitUsing.showLog");
  try {
    await waitFor(() => log() !== "", "the log");
    const before = log().length;
    const result = await work();
    const answered = await waitFor(() => {
      const found = answersIn(log().slice(before), method);
      return found.length > 0 && found;
    }, `an answer to ${method} in the log`);
    return { answered, result };
  } finally {
    await set("trace.server", undefined);
    await vscode.commands.executeCommand("workbench.action.closePanel");
  }
}

/** @param {string} text @param {string} method */
function answersIn(text, method) {
  return text.split(/^(?=\d{4}-\d\d-\d\d [\d:.]+ \[)/mu).filter((entry) => entry.includes(`Received response '${method}`)).flatMap((entry) => {
    const [, json] = /Result: (.*)/su.exec(entry) ?? [];
    return json === undefined ? [] : [JSON.parse(json)];
  });
}
