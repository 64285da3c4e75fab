// ESLint's bulk suppressions, written by ESLint itself.
import path from "node:path";

import { describe, expect, it } from "vitest";
import { FileChangeType } from "vscode-languageserver-protocol";

import { node } from "../support/eslint.mjs";
import { start, type Client } from "./support/client.js";
import { eslintConfig, install, leak, project, root, workspace, type Workspace } from "./support/workspace.js";

const { Changed, Created, Deleted } = FileChangeType;
const file = "eslint-suppressions.json";
const another = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: leak.replace("leak()", "again()").replace("{ open }", "{ open as reopen }").replace("await open()", "await reopen()") };

/** A workspace whose one finding ESLint has suppressed. */
async function suppressed(severity: "error" | "warn" = "error"): Promise<Workspace> {
  const made = workspace({ ...project, "package.json": '{ "type": "module" }', "eslint.config.js": eslintConfig({ "await-using/require-using": severity }) });
  try {
    install(made);
    await eslint(made, "src", "--suppress-all");
    return made;
  } catch (error) {
    made[Symbol.dispose]();
    throw error;
  }
}

async function eslint(made: Workspace, ...args: readonly string[]): Promise<void> {
  const { status, stderr, stdout } = await node([path.join(root, "node_modules/eslint/bin/eslint.js"), ...args], { cwd: made.folder });
  if (status !== 0) throw new Error(stderr + stdout);
}

const statusText = (client: Client, uri: string): string | undefined => client.statuses().findLast((status) => status.uri === uri)?.text;

describe("what ESLint has suppressed in bulk", () => {
  it("is not shown, and the status counts it; with one more of the rule all are", async () => {
    using made = await suppressed();
    await using client = await start({ folders: [made.folder] });
    const uri = made.uri("src/leak.ts");
    await client.open(uri);
    expect(await client.findings(uri)).toEqual([]);
    expect(statusText(client, uri)).toBe(`0 findings, 1 more suppressed by ${file}`);

    await client.change(uri, another);
    expect(await client.findings(uri)).toEqual(["require-using 3", "require-using 8"]);
  });

  it("is followed live, also above the folder that is opened", async () => {
    using made = await suppressed();
    await using client = await start({ folders: [made.file("src")] });
    const uri = made.uri("src/leak.ts");
    await client.open(uri);
    expect(await client.findings(uri)).toEqual([]);

    made.remove(file);
    await client.filesChanged(Deleted, made.uri(file));
    expect(await client.findings(uri)).toEqual(["require-using 3"]);

    await eslint(made, "src", "--suppress-all");
    await client.filesChanged(Created, made.uri(file));
    expect(await client.findings(uri)).toEqual([]);
  });

  it("are errors only", async () => {
    using made = await suppressed("warn");
    made.write(file, JSON.stringify({ "src/leak.ts": { "await-using/require-using": { count: 1 } } }));
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
  });

  it("that is no JSON is told, and findings are shown", async () => {
    using made = await suppressed();
    await using client = await start({ folders: [made.folder] });
    const uri = made.uri("src/leak.ts");
    await client.open(uri);
    made.write(file, "<<<<<<< HEAD\n");
    await client.filesChanged(Changed, made.uri(file));
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    expect(statusText(client, uri)).toContain(`${file} could not be loaded`);
  });

  it("counts for the workspace's own configuration only", async () => {
    using made = await suppressed();
    await using client = await start({ folders: [made.folder], settings: { useWorkspaceConfig: "never" } });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
  });
});
