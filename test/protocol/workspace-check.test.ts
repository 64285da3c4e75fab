// The check of a whole workspace: with progress, to be cancelled, kept until cleared.
import { describe, expect, it } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";

import { plain, start, type Client } from "./support/client.js";
import { eslintConfig, install, leak, project, workspace } from "./support/workspace.js";

interface Outcome {
  readonly files: number;
  readonly findings: number;
  readonly failures: number;
  readonly cancelled: boolean;
}

const check = (client: Client, token?: CancellationTokenSource): Promise<Outcome> => client.request("workspace/executeCommand", { command: "awaitUsing.server.checkWorkspace" }, token?.token);
const progress = (client: Client): readonly { readonly token: string; readonly value: { readonly kind: string; readonly message?: string; readonly percentage?: number; readonly cancellable?: boolean } }[] =>
  client.notifications.filter(({ method }) => method === "$/progress").map(({ params }) => params as ReturnType<typeof progress>[number]);

const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/leak-${String(index)}.ts`, leak]));

describe("a check of the workspace", () => {
  it("finds what is in files that are not open, shows progress, and is kept until it is cleared", async () => {
    using made = workspace({ ...project, "other/tsconfig.json": project["tsconfig.json"], "other/src/resources.ts": project["src/resources.ts"], "other/src/leak.ts": leak });
    await using client = await start({ folders: [made.folder, made.file("other")] });
    const [open, closed] = [made.uri("src/leak.ts"), made.uri("other/src/leak.ts")];
    await client.open(open);
    expect(await check(client)).toEqual({ files: 4, findings: 2, failures: 0, cancelled: false });
    expect(client.published(closed)?.diagnostics.map(({ code }) => code)).toEqual(["require-using"]);
    expect(client.published(open), "an open document is shown by its own answers").toBeUndefined();

    const shown = progress(client);
    expect(shown[0]?.value).toMatchObject({ kind: "begin", cancellable: true });
    expect(shown.at(-1)?.value.kind).toBe("end");
    const percentages = shown.flatMap(({ value: { percentage } }) => percentage ?? []);
    expect(percentages).toEqual([...percentages].sort((a, b) => a - b));
    expect(percentages.at(-1)).toBeGreaterThan(0);

    // Opened, it is shown by its own answers, and not twice; closed, by the check again.
    await client.open(closed);
    await client.until("the opened file is left to its own answers", () => client.published(closed)?.diagnostics.length === 0 || undefined);
    expect(await client.findings(closed)).toEqual(["require-using 3"]);
    await client.close(closed);
    await client.until("the closed file is shown again", () => client.published(closed)?.diagnostics.length === 1 || undefined);

    await client.request("workspace/executeCommand", { command: "awaitUsing.server.clearWorkspaceCheck" });
    await client.until("all is cleared", () => client.published(closed)?.diagnostics.length === 0 || undefined);
  });

  it("ends when its progress is cancelled, and keeps what it has found", async () => {
    using made = workspace({ ...project, ...many });
    await using client = await start({ folders: [made.folder] });
    const checked = check(client);
    const { token } = await client.until("progress", () => progress(client).find(({ value }) => value.kind === "report"));
    await client.notify("window/workDoneProgress/cancel", { token });
    const outcome = await checked;
    expect(outcome).toMatchObject({ cancelled: true });
    expect(outcome.files).toBeLessThan(42);
    expect(progress(client).at(-1)?.value.kind).toBe("end");
    expect(await check(client)).toEqual({ files: 42, findings: 41, failures: 0, cancelled: false });
  });

  it("ends when the command itself is cancelled", async () => {
    using made = workspace({ ...project, ...many });
    await using client = await start({ folders: [made.folder] });
    const source = new CancellationTokenSource();
    const checked = check(client, source).then(({ cancelled }) => cancelled, () => true);
    await client.until("progress", () => progress(client).find(({ value }) => value.kind === "report"));
    source.cancel();
    expect(await checked).toBe(true);
  });

  it("reads JavaScript that no tsconfig.json is above, and nothing that is made or installed", async () => {
    const javascript = leak.replace(": Promise<number>", "");
    using made = workspace({
      "package.json": '{ "type": "module" }',
      "src/resources.d.ts": project["src/resources.ts"],
      "src/leak.js": javascript,
      "bin/run.mjs": javascript.replace("./", "../src/"),
      "src/leak.min.js": javascript,
      ...Object.fromEntries(["dist", "coverage", "node_modules/one", ".cache"].map((folder) => [`${folder}/leak.js`, javascript.replace("./", "../src/")])),
      "typed/tsconfig.json": project["tsconfig.json"],
      "typed/src/resources.ts": project["src/resources.ts"],
      "typed/script.js": javascript.replace("./", "./src/"),
    });
    await using client = await start({ folders: [made.folder] });
    const uri = made.uri("src/leak.js");
    expect(await check(client)).toEqual({ files: 3, findings: 2, failures: 0, cancelled: false });
    expect([uri, made.uri("bin/run.mjs")].map((each) => client.published(each)?.diagnostics.map(({ code }) => code))).toEqual([["require-using"], ["require-using"]]);

    // Opened and closed, it is no worse for the check.
    await client.open(uri);
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    await client.replace(uri, "const conn", "await using conn");
    expect(await client.findings(uri)).toEqual([]);
    await client.close(uri);
    expect(await check(client)).toMatchObject({ files: 3, findings: 2 });
  });

  it("reads no JavaScript beside the files that a tsconfig.json above names", async () => {
    using made = workspace({ ...project, "src/leak.js": leak, "tools/leak.js": leak.replace("./", "../src/") });
    await using client = await start({ folders: [made.file("tools"), made.folder] });
    expect(await check(client)).toEqual({ files: 2, findings: 1, failures: 0, cancelled: false });
  });

  it("keeps nothing of what it has read: neither configurations of closed files, nor texts that no project holds", async () => {
    using made = workspace({ ...project, "package.json": '{ "type": "module" }', ...many, "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }) });
    install(made);
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"));
    expect(await check(client)).toEqual({ files: 42, findings: 41, failures: 0, cancelled: false });
    expect(await client.debugInformation()).toContain("ESLint configuration known for 1 files");
    await client.close(made.uri("src/leak.ts"));
    expect(await client.debugInformation()).toContain("ESLint configuration known for 0 files");
  });

  it("is done without progress for a client that shows none", async () => {
    using made = workspace(project);
    await using client = await start({ folders: [made.folder], capabilities: plain });
    expect(await check(client)).toMatchObject({ files: 2, findings: 1 });
    expect(progress(client)).toEqual([]);
  });
});
