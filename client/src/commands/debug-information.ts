import { debugInformationMethod } from "await-using-language-server/contract";
import { version as vscodeVersion, window, workspace } from "vscode";

import type { Parts, Run } from "./command.js";

/** Opens what a report of a problem needs, to be read before it is sent to anybody. */
export const debugInformation: Run = async (parts) => {
  const content = [...editorPart(parts), "", await serverPart(parts), ""].join("\n");
  await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content }));
};

function editorPart({ environment, lifetime, status, version }: Parts): readonly string[] {
  const { eslintExtensionActive, trusted } = environment.now();
  const settings = workspace.getConfiguration("awaitUsing");
  const { document, server } = status.current();
  return [
    "# Await Using: debug information",
    "",
    `- Extension ${version}, VS Code ${vscodeVersion}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `- Language server: ${lifetime.client() === null ? "not running" : "running"}, runtime ${settings.get<string | null>("runtime", null) ?? "VS Code's own"}, execArgv ${JSON.stringify(settings.get("execArgv", []))}`,
    `- Workspace: ${trusted ? "trusted" : "not trusted"}, ${String(workspace.workspaceFolders?.length ?? 0)} folders; ESLint extension: ${eslintExtensionActive ? "active" : "not active"}`,
    `- Status: ${[document, server].flatMap((each) => (each === null ? [] : [each.text, ...each.details])).filter((line) => line !== "").join(" | ")}`,
  ];
}

async function serverPart({ lifetime }: Parts): Promise<string> {
  try {
    const answer = await lifetime.client()?.sendRequest<string>(debugInformationMethod);
    return (answer ?? "").replace(/^# .*\n+/u, "");
  } catch (error) {
    return `The server did not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
