// What the findings of a file depend on: other files, open or on disk, and the tsconfig.json that names it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FileChangeType } from "vscode-languageserver-protocol";

import { start, type Client } from "./support/client.js";
import { harmless, leak, project, resources, tsconfig, workspace, type Workspace } from "./support/workspace.js";

const found = ["require-using 3"];
const { Changed, Created, Deleted } = FileChangeType;

describe("the findings of a file follow", () => {
  let client: Client;
  let made: Workspace;

  /** A project of its own in the workspace that all claims share. */
  function within(name: string, files: Readonly<Record<string, string>> = project): { uri: (file: string) => string; file: (file: string) => string; write: (file: string, text: string) => void; remove: (file: string) => void } {
    for (const [file, text] of Object.entries(files)) made.write(`${name}/${file}`, text);
    return {
      uri: (file) => made.uri(`${name}/${file}`),
      file: (file) => made.file(`${name}/${file}`),
      write: (file, text) => {
        made.write(`${name}/${file}`, text);
      },
      remove: (file) => {
        made.remove(`${name}/${file}`);
      },
    };
  }

  const tsconfigOf = (uri: string): string | null | undefined => client.statuses().findLast((status) => status.uri === uri)?.tsconfig;

  beforeAll(async () => {
    made = workspace({});
    client = await start({ folders: [made.folder, made.file("overlap/packages/inner")] });
  });
  afterEach(() => client.closeAll());
  afterAll(async () => {
    await client[Symbol.asyncDispose]();
    made[Symbol.dispose]();
  });

  it("an unsaved edit in another file", async () => {
    const { uri } = within("unsaved-edit");
    await client.open(uri("src/leak.ts"));
    await client.open(uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    await client.change(uri("src/resources.ts"), { text: harmless });
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    await client.change(uri("src/resources.ts"), { text: resources });
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("an unsaved edit of a file two imports away", async () => {
    const { uri } = within("far-edit", { ...project, "src/resources.ts": 'export { open } from "./real.js";\n', "src/real.ts": harmless });
    await client.open(uri("src/leak.ts"));
    await client.open(uri("src/real.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    await client.change(uri("src/real.ts"), { text: resources });
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("what the disk says again once an unsaved buffer is closed", async () => {
    const { uri } = within("closed");
    await client.open(uri("src/leak.ts"));
    await client.open(uri("src/resources.ts"), harmless);
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    await client.close(uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("a change on disk of a file that is not open", async () => {
    const { uri, write } = within("on-disk");
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    write("src/resources.ts", harmless);
    await client.filesChanged(Changed, uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("not a change on disk below an open buffer", async () => {
    const { uri, write } = within("below-buffer");
    await client.open(uri("src/leak.ts"));
    await client.open(uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    write("src/resources.ts", harmless);
    await client.filesChanged(Changed, uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("a file that comes on disk, and goes again", async () => {
    const { uri, remove, write } = within("comes", { "tsconfig.json": tsconfig(), "src/leak.ts": leak });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("src/resources.ts", resources);
    await client.filesChanged(Created, uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    remove("src/resources.ts");
    await client.filesChanged(Deleted, uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("a file that comes before another one of its name", async () => {
    const { remove, uri, write } = within("shadows", { ...project, "src/resources.ts": "", "src/resources.d.ts": resources });
    remove("src/resources.ts");
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    write("src/resources.ts", harmless.replace("declare function open(): Promise<Conn>;", "const open = async (): Promise<Conn> => new Conn();"));
    await client.filesChanged(Created, uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("a file that comes where no tsconfig.json names it, and an import looks for it", async () => {
    const { uri, write } = within("unnamed", { "tsconfig.json": tsconfig({}, { files: ["src/leak.ts"] }), "src/leak.ts": leak.replace("./", "../made/deep/") });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("made/deep/resources.ts", resources);
    await client.filesChanged(Created, uri("made/deep/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("a folder that comes and goes, of whose files nobody tells", async () => {
    const { remove, uri, write } = within("folder", { "tsconfig.json": tsconfig({}, { files: ["src/leak.ts"] }), "src/leak.ts": leak.replace("./", "../made/deep/") });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("made/deep/resources.ts", resources);
    await client.filesChanged(Created, uri("made"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    remove("made");
    await client.filesChanged(Deleted, uri("made"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("a file that comes and declares what all files see", async () => {
    const { uri, write } = within("global", { "tsconfig.json": tsconfig(), "src/leak.ts": leak.replace(/^import.*\n/u, "") });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("src/deep/global.d.ts", resources.replaceAll("export ", ""));
    await client.filesChanged(Created, uri("src/deep/global.d.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(["require-using 2"]);
  });

  it("a file that exists only as an unsaved buffer, opened later than the one that imports it", async () => {
    const { uri } = within("unsaved-file", { "tsconfig.json": tsconfig(), "src/leak.ts": leak });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    await client.open(uri("src/resources.ts"), resources);
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    await client.close(uri("src/resources.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("the types of a dependency that is installed", async () => {
    const { uri, write } = within("installs", { "tsconfig.json": tsconfig(), "package.json": "{}", "src/leak.ts": leak.replace("./resources.js", "late") });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("node_modules/late/package.json", '{ "name": "late", "version": "1.0.0", "types": "index.d.ts" }');
    write("node_modules/late/index.d.ts", resources);
    await client.filesChanged(Created, uri("node_modules/late/package.json"), uri("node_modules/late/index.d.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("the types of a dependency, where only its lockfile is watched", async () => {
    const { uri, write } = within("updates", {
      "tsconfig.json": tsconfig(),
      "package.json": "{}",
      "package-lock.json": "{}",
      "src/leak.ts": leak.replace("./resources.js", "late"),
      "node_modules/late/package.json": '{ "name": "late", "version": "1.0.0", "types": "index.d.ts" }',
      "node_modules/late/index.d.ts": harmless,
    });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
    write("node_modules/late/package.json", '{ "name": "late", "version": "2.0.0", "types": "index.d.ts" }');
    write("node_modules/late/index.d.ts", resources);
    await client.filesChanged(Changed, uri("package-lock.json"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
  });

  it("an edit of tsconfig.json, also where the client has an answer already", async () => {
    const { uri, write } = within("tsconfig-edit", { "tsconfig.json": tsconfig({ paths: { far: ["./src/resources.ts"] } }), "src/resources.ts": resources, "src/harmless.ts": harmless, "src/leak.ts": leak.replace("./resources.js", "far") });
    await client.open(uri("src/leak.ts"));
    const before = await client.report(uri("src/leak.ts"));
    expect(before).toMatchObject({ kind: "full", items: [{ code: "require-using" }] });
    write("tsconfig.json", tsconfig({ paths: { far: ["./src/harmless.ts"] } }));
    await client.filesChanged(Changed, uri("tsconfig.json"));
    expect(await client.report(uri("src/leak.ts"), before.resultId)).toMatchObject({ kind: "full", items: [] });
  });

  it("an edit of what tsconfig.json extends", async () => {
    const { uri, write } = within("extends", { "tsconfig.json": JSON.stringify({ extends: "./base.json", include: ["src"] }), "base.json": tsconfig({ paths: { far: ["./src/resources.ts"] } }, {}), "src/resources.ts": resources, "src/harmless.ts": harmless, "src/leak.ts": leak.replace("./resources.js", "far") });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    write("base.json", tsconfig({ paths: { far: ["./src/harmless.ts"] } }, {}));
    await client.filesChanged(Changed, uri("base.json"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual([]);
  });

  it("a broken tsconfig.json, which the status tells, and its repair", async () => {
    const { uri, write } = within("broken", { ...project, "tsconfig.json": '{ "compilerOptions": { "target": "ES1" }, "include": ["src"] }' });
    await client.open(uri("src/leak.ts"));
    await client.diagnostics(uri("src/leak.ts"));
    expect(client.statuses().findLast((status) => status.uri === uri("src/leak.ts"))).toMatchObject({ state: "degraded", text: expect.stringContaining("target") as string });
    write("tsconfig.json", tsconfig());
    await client.filesChanged(Changed, uri("tsconfig.json"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    expect(client.statuses().findLast((status) => status.uri === uri("src/leak.ts"))).toMatchObject({ state: "ready" });
  });

  it("the nearest tsconfig.json that names it", async () => {
    const { file, uri } = within("nested", { ...project, "tsconfig.json": tsconfig({}, {}), "src/tsconfig.json": tsconfig({}, { include: ["*.ts"] }), "src/deep/tsconfig.json": tsconfig({}, { files: [] }), "src/deep/leak.ts": leak.replace("./", "../") });
    await client.open(uri("src/leak.ts"));
    await client.open(uri("src/deep/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("src/leak.ts"))).toBe(file("src/tsconfig.json"));
    expect(await client.findings(uri("src/deep/leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("src/deep/leak.ts"))).toBe(file("tsconfig.json"));
  });

  it("the tsconfig.json whose files import it, though it names it nowhere", async () => {
    const { file, uri } = within("imported", { ...project, "tsconfig.json": tsconfig({}, { files: ["src/index.ts"] }), "src/index.ts": 'export * from "./leak.js";\n' });
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("src/leak.ts"))).toBe(file("tsconfig.json"));
  });

  it("the referenced project that names it, and sources of another one unsaved", async () => {
    const { file, uri } = within("references", {
      "tsconfig.json": JSON.stringify({ files: [], references: [{ path: "library" }, { path: "app" }] }),
      "library/tsconfig.json": tsconfig({ composite: true, noEmit: false, declaration: true, outDir: "out" }, { include: ["*.ts"] }),
      "library/resources.ts": resources,
      "app/tsconfig.json": tsconfig({}, { include: ["*.ts"], references: [{ path: "../library" }] }),
      "app/leak.ts": leak.replace("./", "../library/"),
    });
    await client.open(uri("app/leak.ts"));
    await client.open(uri("library/resources.ts"));
    expect(await client.findings(uri("app/leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("app/leak.ts"))).toBe(file("app/tsconfig.json"));
    await client.change(uri("library/resources.ts"), { text: harmless });
    expect(await client.findings(uri("app/leak.ts"))).toEqual([]);
  });

  it("its imports where no tsconfig.json names it", async () => {
    const { uri } = within("loose", { "leak.ts": leak, "resources.ts": resources });
    await client.open(uri("leak.ts"));
    await client.open(uri("resources.ts"));
    expect(await client.findings(uri("leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("leak.ts"))).toBeNull();
    await client.change(uri("resources.ts"), { text: harmless });
    expect(await client.findings(uri("leak.ts"))).toEqual([]);
  });

  it("a tsconfig.json that comes to name it", async () => {
    const { file, uri, write } = within("comes-to-name", { "leak.ts": leak, "resources.ts": resources });
    await client.open(uri("leak.ts"));
    await client.diagnostics(uri("leak.ts"));
    expect(tsconfigOf(uri("leak.ts"))).toBeNull();
    write("tsconfig.json", tsconfig({}, { include: ["*.ts"] }));
    await client.filesChanged(Created, uri("tsconfig.json"));
    expect(await client.findings(uri("leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("leak.ts"))).toBe(file("tsconfig.json"));
  });

  it("its own text where it has never been saved", async () => {
    const uri = "untitled:Untitled-1";
    await client.open(uri, resources.replaceAll("export declare", "declare") + leak.replace(/^import.*\n/u, ""), "typescript");
    expect(await client.findings(uri)).toEqual(["require-using 8"]);
    await client.replace(uri, "const conn", "await using conn");
    expect(await client.findings(uri)).toEqual([]);
  });

  it("one tsconfig.json where folders of the workspace overlap, and is reported once", async () => {
    const { file, uri } = within("overlap/packages/inner");
    await client.open(uri("src/leak.ts"));
    expect(await client.findings(uri("src/leak.ts"))).toEqual(found);
    expect(tsconfigOf(uri("src/leak.ts"))).toBe(file("tsconfig.json"));
  });

  it("JavaScript's types, by jsconfig.json", async () => {
    const { uri } = within("javascript", { "jsconfig.json": tsconfig({ allowJs: true, checkJs: true }), "src/resources.d.ts": resources, "src/leak.js": leak.replace(": Promise<number>", "") });
    await client.open(uri("src/leak.js"));
    expect(await client.findings(uri("src/leak.js"))).toEqual(found);
  });

  it("nothing, with the answer that nothing has changed", async () => {
    const { uri } = within("unchanged");
    await client.open(uri("src/leak.ts"));
    const { resultId = "" } = await client.report(uri("src/leak.ts"));
    expect(await client.report(uri("src/leak.ts"), resultId)).toEqual({ kind: "unchanged", resultId });
    await client.replace(uri("src/leak.ts"), "query()", "query( )");
    const second = await client.report(uri("src/leak.ts"), resultId);
    expect(second).toMatchObject({ kind: "full" });
    expect(second.resultId).not.toBe(resultId);
  });

  it("nothing, where a file has changed that it does not depend on", async () => {
    const { uri } = within("independent");
    within("elsewhere");
    await client.open(uri("src/leak.ts"));
    await client.open(made.uri("elsewhere/src/leak.ts"));
    const { resultId = "" } = await client.report(uri("src/leak.ts"));
    await client.replace(made.uri("elsewhere/src/leak.ts"), "query()", "query( )");
    expect(await client.report(uri("src/leak.ts"), resultId)).toEqual({ kind: "unchanged", resultId });
  });

  it("nothing, where files come and go in another project, or where nobody looks for them", async () => {
    const { uri, remove, write } = within("untouched");
    const other = within("other-project", { ...project, "src/late.ts": leak.replace("./resources.js", "./missing.js") });
    await client.open(uri("src/leak.ts"));
    await client.open(other.uri("src/late.ts"));
    expect(await client.findings(other.uri("src/late.ts"))).toEqual([]);
    const { resultId = "" } = await client.report(uri("src/leak.ts"));
    const stays = async (): Promise<void> => {
      expect(await client.report(uri("src/leak.ts"), resultId)).toEqual({ kind: "unchanged", resultId });
    };
    other.write("src/missing.ts", resources);
    await client.filesChanged(Created, other.uri("src/missing.ts"));
    expect(await client.findings(other.uri("src/late.ts"))).toEqual(found);
    await stays();
    other.remove("src/missing.ts");
    await client.filesChanged(Deleted, other.uri("src/missing.ts"));
    expect(await client.findings(other.uri("src/late.ts"))).toEqual([]);
    await stays();
    write("scripts/other.ts", resources);
    await client.filesChanged(Created, uri("scripts"), uri("scripts/other.ts"));
    await stays();
    remove("scripts");
    await client.filesChanged(Deleted, uri("scripts/other.ts"), uri("scripts"));
    await stays();
  });
});
