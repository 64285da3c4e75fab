import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { readonly browser: string; readonly contributes: { readonly commands: readonly { readonly command: string }[] } };

interface Entry {
  readonly activate: (context: object) => void;
}

/** Loads what a browser loads: there is `vscode`, and nothing else of Node. */
function load(vscode: object): Entry {
  const module = { exports: {} };
  const require = (name: string): object => {
    if (name !== "vscode") throw new Error(`${name} is not there in a browser`);
    return vscode;
  };
  runInNewContext(readFileSync(path.join(root, manifest.browser), "utf8"), { exports: module.exports, module, require });
  return module.exports as Entry;
}

describe("the extension in a browser", () => {
  const shown: string[] = [];
  const registered = new Map<string, () => void>();
  const item = { name: "", text: "", dispose: () => shown.push("disposed") };
  const vscode = {
    commands: { registerCommand: (name: string, run: () => void) => (registered.set(name, run), { dispose: () => registered.delete(name) }) },
    languages: { createLanguageStatusItem: () => item },
    window: { showInformationMessage: (message: string) => shown.push(message) },
  };
  const subscriptions: { dispose(): void }[] = [];
  load(vscode).activate({ extension: { packageJSON: manifest }, subscriptions });

  it("loads without Node, and says quietly why there are only snippets", () => {
    expect(item.text).toContain("Only snippets");
    expect(shown).toEqual([]);
  });

  it("has every command, each of which says the same", () => {
    expect([...registered.keys()]).toEqual(manifest.contributes.commands.map(({ command }) => command));
    registered.get("awaitUsing.checkWorkspace")?.();
    expect(shown).toEqual([expect.stringContaining("Only snippets")]);
  });

  it("takes back all of it", () => {
    for (const each of subscriptions) each.dispose();
    expect(registered.size).toBe(0);
    expect(shown.at(-1)).toBe("disposed");
  });
});
