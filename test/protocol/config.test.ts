// Whose configuration holds: the workspace's ESLint, where it may run, or the bundled one.
import { existsSync } from "node:fs";

import { describe, expect, it } from "vitest";
import { FileChangeType, type Diagnostic } from "vscode-languageserver-protocol";

import { everything, plain, short, start } from "./support/client.js";
import { eslintConfig, install, leak, project, workspace, type Workspace } from "./support/workspace.js";

const { Changed, Created, Deleted } = FileChangeType;
const module = { "package.json": '{ "type": "module" }' };

/** A workspace with its own ESLint. */
function configured(files: Readonly<Record<string, string>>): Workspace {
  const made = workspace({ ...project, ...module, ...files });
  install(made);
  return made;
}

describe("the workspace's ESLint configuration", () => {
  it("is followed, live, with the files that it imports, as it comes and goes", async () => {
    using made = configured({
      "eslint.config.js": eslintConfig({ "await-using/require-using": "warn" }).replace('{"await-using/require-using":"warn"}', "rules").replace("export", 'import { rules } from "./rules.js";\nexport'),
      "rules.js": 'import severity from "./severity.cjs";\nexport const rules = { "await-using/require-using": severity };\n',
      "severity.cjs": 'module.exports = "warn";\n',
    });
    await using client = await start({ folders: [made.folder] });
    const uri = made.uri("src/leak.ts");
    const severities = async (): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ severity }) => severity);
    await client.open(uri);
    expect(await severities(), "a warning").toEqual([2]);

    made.write("severity.cjs", 'module.exports = "error";\n');
    await client.filesChanged(Changed, made.uri("severity.cjs"));
    expect(await severities(), "an import of an import").toEqual([1]);

    made.write("eslint.config.js", eslintConfig({ "await-using/no-leak-on-throw": "error" }));
    await client.filesChanged(Changed, made.uri("eslint.config.js"));
    expect(await client.findings(uri), "the configuration itself").not.toContain("require-using 3");

    made.remove("eslint.config.js");
    await client.filesChanged(Deleted, made.uri("eslint.config.js"));
    expect(await client.findings(uri), "the bundled configuration").toEqual(["require-using 3"]);

    made.write("eslint.config.js", 'export default [{ ignores: ["src/"] }];\n');
    await client.filesChanged(Created, made.uri("eslint.config.js"));
    expect(await client.findings(uri), "an ignored file").toEqual([]);
    expect(client.statuses().findLast((status) => status.uri === uri)?.text).toContain("ignores it");

    made.write("eslint.config.js", "export default [;\n");
    await client.filesChanged(Changed, made.uri("eslint.config.js"));
    expect(await client.findings(uri), "the bundled configuration for a broken one").toEqual(["require-using 3"]);
    expect(client.statuses().findLast((status) => status.uri === uri)).toMatchObject({ state: "degraded", text: expect.stringContaining("eslint.config.js could not be loaded") as string });
  });

  it("holds from the nearest folder above the file", async () => {
    using made = configured({
      "eslint.config.js": eslintConfig({ "await-using/require-using": "off", "await-using/no-leak-on-throw": "warn" }),
      "packages/inner/eslint.config.js": eslintConfig({ "await-using/require-using": "warn" }),
      ...Object.fromEntries(Object.entries(project).map(([name, text]) => [`packages/inner/${name}`, text])),
    });
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"));
    await client.open(made.uri("packages/inner/src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).not.toContain("require-using 3");
    expect(await client.findings(made.uri("packages/inner/src/leak.ts"))).toEqual(["require-using 3"]);
  });

  it("may print without harm, and comments that disable a rule hold", async () => {
    using made = configured({ "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }, 'console.log("Content-Length: 7\\r\\n\\r\\nprinted"); console.error("more");') });
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
    await client.until("what it prints is in the log", () => client.log().find((line) => line.includes("printed")));
    expect(client.stderr).toBe("");
    await client.change(made.uri("src/leak.ts"), { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: "// eslint-disable-next-line await-using/require-using -- shown\n" });
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual([]);
  });

  it("is not asked where the settings say never", async () => {
    using made = configured({ "eslint.config.js": marker("loaded") });
    await using client = await start({ folders: [made.folder], settings: { useWorkspaceConfig: "never" } });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
    expect(existsSync(made.file("loaded"))).toBe(false);
  });
});

/** A configuration that turns our rules on and leaves a file behind when it is loaded. */
function marker(name: string): string {
  return eslintConfig({ "await-using/require-using": "warn" }, `import { writeFileSync } from "node:fs";\nwriteFileSync(new URL(${JSON.stringify(name)}, import.meta.url), "");`);
}

describe("a workspace that is not trusted", () => {
  it("runs none of its code, and has findings; all is loaded once it is trusted, and not again when it no longer is", async () => {
    using made = workspace({
      ...project,
      ...module,
      "eslint.config.js": marker("config-loaded").replace('import awaitUsing from "eslint-plugin-await-using"', 'import "eslint-plugin-evil";\nimport awaitUsing from "eslint-plugin-await-using"'),
      "node_modules/eslint-plugin-evil/package.json": '{ "name": "eslint-plugin-evil", "type": "module", "main": "index.js" }',
      "node_modules/eslint-plugin-evil/index.js": 'import { writeFileSync } from "node:fs";\nwriteFileSync(new URL("../../plugin-loaded", import.meta.url), "");\n',
      "node_modules/eslint/package.json": '{ "name": "eslint", "main": "index.cjs" }',
      "node_modules/eslint/index.cjs": 'require("node:fs").writeFileSync(require("node:path").join(__dirname, "../../eslint-loaded"), "");\nexports.ESLint = class { async lintText() { return []; } async calculateConfigForFile() { await import(require("node:url").pathToFileURL(require("node:path").join(__dirname, "../eslint-plugin-evil/index.js"))); return undefined; } };\n',
    });
    const uri = made.uri("src/leak.ts");
    const loaded = (): string[] => ["config-loaded", "plugin-loaded", "eslint-loaded"].filter((name) => existsSync(made.file(name)));
    await using client = await start({ folders: [made.folder], trusted: false });
    await client.open(uri);
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    expect(client.statuses().findLast((status) => status.uri === uri)?.config).toContain("not trusted");
    await client.filesChanged(Changed, made.uri("eslint.config.js"), made.uri("package.json"));
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    expect(loaded()).toEqual([]);

    await client.notify("awaitUsing/environment", { trusted: true, eslintExtensionActive: false });
    expect(await client.findings(uri), "this ESLint says that the file is ignored").toEqual([]);
    expect(loaded()).toEqual(["plugin-loaded", "eslint-loaded"]);

    for (const name of loaded()) made.remove(name);
    await client.notify("awaitUsing/environment", { trusted: false, eslintExtensionActive: false });
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    expect(loaded()).toEqual([]);
  });

  it("has its own configuration loaded from then on that it is trusted", async () => {
    using made = configured({ "eslint.config.js": marker("loaded") });
    const uri = made.uri("src/leak.ts");
    await using client = await start({ folders: [made.folder], trusted: false });
    await client.open(uri);
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([1]);
    expect(existsSync(made.file("loaded"))).toBe(false);
    await client.notify("awaitUsing/environment", { trusted: true, eslintExtensionActive: false });
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([2]);
    expect(existsSync(made.file("loaded"))).toBe(true);
  });
});

describe("beside the ESLint extension", () => {
  it("findings are shown once: by it where it shows ours, by us elsewhere, as the setting says", async () => {
    using made = configured({
      "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }),
      ...Object.fromEntries(Object.entries(project).map(([name, text]) => [`other/${name}`, text])),
      "other/eslint.config.js": 'export default [{ files: ["**/*.js"] }];\n',
    });
    const [ours, others] = [made.uri("src/leak.ts"), made.uri("other/src/leak.ts")];
    await using client = await start({ folders: [made.folder], eslintExtensionActive: true });
    await client.open(ours);
    await client.open(others);
    const shown = async (settings: object, eslintExtensionActive: boolean): Promise<readonly [number, number]> => {
      await client.notify("awaitUsing/environment", { trusted: true, eslintExtensionActive });
      await client.configure({ ...settings });
      return [(await client.findings(ours)).length, (await client.findings(others)).length];
    };
    expect(await shown({ diagnostics: "auto" }, true)).toEqual([0, 1]);
    expect(await shown({ diagnostics: "defer" }, true)).toEqual([0, 0]);
    expect(await shown({ diagnostics: "own" }, true)).toEqual([1, 1]);
    expect(await shown({ diagnostics: "auto" }, false)).toEqual([1, 1]);
    expect(await shown({ diagnostics: "defer" }, false)).toEqual([1, 1]);
    expect(await shown({ enable: false }, false)).toEqual([0, 0]);
  });

  it("an earlier answer does not hold once it starts to show our findings", async () => {
    using made = configured({ "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }) });
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"));
    const { resultId } = await client.report(made.uri("src/leak.ts"));
    await client.notify("awaitUsing/environment", { trusted: true, eslintExtensionActive: true });
    expect(await client.report(made.uri("src/leak.ts"), resultId)).toMatchObject({ kind: "full", items: [] });
  });

  it("our quick-fixes belong to its diagnostics", async () => {
    using made = configured({ "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }) });
    await using client = await start({ folders: [made.folder], eslintExtensionActive: true });
    const uri = made.uri("src/leak.ts");
    await client.open(uri);
    expect(await client.diagnostics(uri)).toEqual([]);
    const theirs: Diagnostic = { source: "eslint", code: "await-using/require-using", message: "theirs", range: { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } }, severity: 1 };
    const actions = await client.actions(uri, theirs.range, { diagnostics: [theirs] });
    const preferred = actions.filter(({ isPreferred }) => isPreferred === true);
    expect(preferred).toHaveLength(1);
    expect(preferred[0]?.diagnostics).toEqual([theirs]);
  });
});

describe("settings", () => {
  it("that are wrong are told once each in a sentence, and the default is used", async () => {
    using made = workspace(project);
    await using client = await start({ folders: [made.folder], settings: { diagnostics: "sometimes", memory: "much", fileTimeBudget: 1, rules: { "require-using": "fatal" }, hover: { enable: "yes" } } });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
    await client.configure({ ...client.settings });
    await client.findings(made.uri("src/leak.ts"));
    const told = client.notifications.filter(({ method }) => method === "window/showMessage").map(({ params }) => (params as { message: string }).message);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('awaitUsing.diagnostics is "sometimes"; it must be one of "auto", "defer", "own".');
    expect(told[0]).toContain('awaitUsing.memory is "much"; it must be a number of at least 256.');
    expect(told[0]).toContain("awaitUsing.fileTimeBudget is 1; it must be a number of at least 100.");
    expect(told[0]).toContain('awaitUsing.rules["require-using"] is "fatal"; it must be "off", "warn" or "error".');
    expect(told[0]).toContain('awaitUsing.hover.enable is "yes"; it must be true or false.');
  });

  it.each([null, 3, "text", []])("that are no object at all (%j) are the defaults", async (section) => {
    using made = workspace(project);
    await using client = await start({ folders: [made.folder], capabilities: plain });
    await client.notify("workspace/didChangeConfiguration", { settings: { awaitUsing: section } });
    await client.open(made.uri("src/leak.ts"));
    const { diagnostics } = await client.until("findings", () => client.published(made.uri("src/leak.ts")));
    expect(short(diagnostics)).toEqual(["require-using 3"]);
  });

  it("of a client that refuses to give any are the defaults", async () => {
    using made = workspace({ ...project, "src/leak.ts": leak });
    await using client = await start({ folders: [made.folder], capabilities: { ...everything, workspace: { ...everything.workspace, configuration: false } } });
    await client.open(made.uri("src/leak.ts"));
    expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
  });
});
