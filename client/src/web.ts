import { commands, languages, window, type ExtensionContext } from "vscode";

import { languages as ids } from "./languages.js";

const reason = "Only snippets work in a browser: findings need Node and the files on a disk.";

/** The extension where no Node runs it. Snippets need no code of ours; this says why there is nothing else. */
export function activate({ extension, subscriptions }: ExtensionContext): void {
  const item = languages.createLanguageStatusItem("awaitUsing", [...ids]);
  item.name = "Await Using";
  item.text = `Await Using: ${reason}`;
  const { contributes } = extension.packageJSON as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
  const refuse = (): Thenable<unknown> => window.showInformationMessage(reason);
  subscriptions.push(item, ...contributes.commands.map(({ command }) => commands.registerCommand(command, refuse)));
}
