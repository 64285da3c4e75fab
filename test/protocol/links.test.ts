// One file is one file, under whatever name it is reached: through a linked folder, or through a linked package.
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileChangeType } from "vscode-languageserver-protocol";

import { start, type Client } from "./support/client.js";
import { harmless, leak, resources, tsconfig, workspace, type Workspace } from "./support/workspace.js";

const found = ["require-using 3"];

/** Two packages: one has the resources, the other, which finds it by its name as npm and pnpm link it, the leak. */
const packages = {
  "real/package.json": '{ "private": true }',
  "real/packages/library/package.json": '{ "name": "library", "version": "1.0.0", "types": "./src/resources.ts" }',
  "real/packages/library/tsconfig.json": tsconfig(),
  "real/packages/library/src/resources.ts": resources,
  "real/packages/app/package.json": '{ "name": "app", "version": "1.0.0" }',
  "real/packages/app/tsconfig.json": tsconfig(),
  "real/packages/app/src/leak.ts": leak.replace("./resources.js", "library"),
};

let made: Workspace;

beforeEach(() => {
  made = workspace(packages);
  mkdirSync(made.file("real/packages/app/node_modules"));
  symlinkSync(path.join("..", "..", "library"), made.file("real/packages/app/node_modules/library"), "junction");
  symlinkSync(made.file("real"), made.file("link"), "junction");
});
afterEach(() => {
  made[Symbol.dispose]();
});

const check = (client: Client): Promise<unknown> => client.request("workspace/executeCommand", { command: "awaitUsing.server.checkWorkspace" });

describe.each(["real", "link"])("in a folder that is opened by its %s name", (name) => {
  const uri = (file: string): string => made.uri(`${name}/packages/${file}`);

  it("the findings of a package follow an unsaved edit in a linked one", async () => {
    await using client = await start({ folders: [made.file(name)] });
    await client.open(uri("app/src/leak.ts"));
    await client.open(uri("library/src/resources.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual(found);
    await client.change(uri("library/src/resources.ts"), { text: harmless });
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual([]);
    await client.close(uri("library/src/resources.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual(found);
  });

  it("and an edit on disk", async () => {
    await using client = await start({ folders: [made.file(name)] });
    await client.open(uri("app/src/leak.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual(found);
    made.write("real/packages/library/src/resources.ts", harmless);
    await client.filesChanged(FileChangeType.Changed, uri("library/src/resources.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual([]);
  });

  it("and a file that comes and goes there", async () => {
    made.write("real/packages/library/src/resources.ts", 'export * from "./late.js";\n');
    await using client = await start({ folders: [made.file(name)] });
    await client.open(uri("app/src/leak.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual([]);
    made.write("real/packages/library/src/late.ts", resources);
    await client.filesChanged(FileChangeType.Created, uri("library/src/late.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual(found);
    made.remove("real/packages/library/src/late.ts");
    await client.filesChanged(FileChangeType.Deleted, uri("library/src/late.ts"));
    expect(await client.findings(uri("app/src/leak.ts"))).toEqual([]);
  });

  it("a check of the workspace shows each finding once, under the name of the folder", async () => {
    await using client = await start({ folders: [made.file(name)] });
    expect(await check(client)).toEqual({ files: 2, findings: 1, failures: 0, cancelled: false });
    expect(client.published(uri("app/src/leak.ts"))?.diagnostics).toHaveLength(1);
    expect(client.notifications.filter(({ method }) => method === "textDocument/publishDiagnostics")).toHaveLength(1);
  });
});

it("an unsaved edit under the name that a package is linked by counts for those who import it", async () => {
  await using client = await start({ folders: [made.file("real/packages/app")] });
  const uri = made.uri("real/packages/app/src/leak.ts");
  await client.open(uri);
  await client.open(made.uri("real/packages/app/node_modules/library/src/resources.ts"));
  expect(await client.findings(uri)).toEqual(found);
  await client.change(made.uri("real/packages/app/node_modules/library/src/resources.ts"), { text: harmless });
  expect(await client.findings(uri)).toEqual([]);
});

it("two buffers of one file, under both names, keep their own texts", async () => {
  await using client = await start({ folders: [made.file("link")] });
  const [linked, real] = [made.uri("link/packages/library/src/own.ts"), made.uri("real/packages/library/src/own.ts")];
  await client.open(linked, leak);
  await client.open(real, `// A line above.\n${leak}`);
  expect([await client.findings(linked), await client.findings(real)]).toEqual([found, ["require-using 4"]]);
  await client.close(real);
  expect(await client.findings(linked)).toEqual(found);
});

it("where a folder is opened by both names, a check shows a finding once, and none of an open file", async () => {
  await using client = await start({ folders: [made.file("link"), made.file("real")] });
  const [linked, real] = [made.uri("link/packages/app/src/leak.ts"), made.uri("real/packages/app/src/leak.ts")];
  const shown = (): readonly (number | undefined)[] => [linked, real].map((uri) => client.published(uri)?.diagnostics.length);
  expect(await check(client)).toEqual({ files: 2, findings: 1, failures: 0, cancelled: false });
  expect(shown()).toEqual([1, undefined]);

  // It is opened by the other name.
  await client.open(real);
  await client.until("the opened file is left to its own answers", () => shown()[0] === 0 || undefined);
  expect(await client.findings(real)).toEqual(found);
  expect(await check(client)).toMatchObject({ findings: 1 });
  expect(shown()).toEqual([0, undefined]);
});
