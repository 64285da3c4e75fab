// The analysis hangs, crashes or needs too much memory: the server goes on. A plugin of
// the workspace does what no code of ours is supposed to do.
import { describe, expect, it } from "vitest";
import { CodeActionKind, FileChangeType } from "vscode-languageserver-protocol";

import { start, type Client } from "./support/client.js";
import { eslintConfig, install, leak, project, root, workspace, type Workspace } from "./support/workspace.js";

/** A rule that does what the text that it reads says. */
const obedient = `export default {
  meta: { name: "eslint-plugin-await-using", version: "99.0.0" },
  rules: {
    "require-using": {
      create(context) {
        const { text } = context.sourceCode;
        if (text.includes("HANG")) for (;;);
        if (text.includes("EXIT")) process.exit(3);
        if (text.includes("CRASH")) setImmediate(() => { throw new Error("crashed on purpose"); });
        if (text.includes("EAT")) for (const eaten = []; ;) eaten.push(new Array(100_000).fill(eaten.length + 0.5));
        return { Program: () => context.report({ loc: { line: 1, column: 0 }, message: "checked" }) };
      },
    },
  },
};
`;

function obeying(): Workspace {
  const made = workspace({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": project["tsconfig.json"],
    "eslint.config.js": `import plugin from "eslint-plugin-await-using";
export default [{ files: ["**/*.js"], plugins: { "await-using": plugin }, rules: { "await-using/require-using": "error" } }];
`,
    "node_modules/eslint-plugin-await-using/package.json": '{ "name": "eslint-plugin-await-using", "version": "99.0.0", "type": "module", "exports": "./index.js" }',
    "node_modules/eslint-plugin-await-using/index.js": obedient,
    "node_modules/eslint/package.json": '{ "name": "eslint", "main": "index.cjs" }',
    "node_modules/eslint/index.cjs": `module.exports = require(${JSON.stringify(`${root}/node_modules/eslint/lib/api.js`)});\n`,
    "src/good.js": "// good\n",
    "src/other.js": "// other\n",
  });
  return made;
}

const failures = (client: Client): readonly string[] => client.statuses().flatMap(({ state, text, uri }) => (uri === undefined && (state === "degraded" || state === "stopped") ? [text] : []));

describe.each([
  ["hangs", "HANG", 2_000, /took more than/u],
  ["ends", "EXIT", 10_000, /ended with code 3/u],
  ["crashes", "CRASH", 10_000, /crashed on purpose/u],
  ["eats its memory", "EAT", 10_000, /needed more than 320 MiB \(setting awaitUsing\.memory\)/u],
])("an analysis that %s", (_, word, fileTimeBudget, because) => {
  it("is replaced within seconds, told, and hinders nobody", async () => {
    using made = obeying();
    await using client = await start({ folders: [made.folder], settings: { fileTimeBudget, memory: 320 } });
    const [good, bad] = [made.uri("src/good.js"), made.uri("src/other.js")];
    await client.open(good);
    await client.open(bad);
    expect(await client.findings(good)).toEqual(["require-using 1"]);
    expect(await client.findings(bad)).toEqual(["require-using 1"]);

    const started = performance.now();
    await client.change(bad, { text: `// ${word}\n` });
    let isAnswered = false;
    const asked = client.report(bad).then(
      () => {
        isAnswered = true;
      },
      () => undefined,
    );
    // What needs no new analysis is answered meanwhile.
    const actions = await client.actions(good, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, { only: [CodeActionKind.QuickFix] });
    if (word === "HANG") expect(isAnswered).toBe(false);
    expect(actions.length).toBeGreaterThan(0);
    // The menu has the quick-fixes even where the analysis cannot say what could be refactored.
    expect(await client.actions(good, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } })).toEqual(expect.arrayContaining(actions));
    await client.until("the failure is told", () => failures(client)[0]);
    expect(await client.findings(good)).toEqual(["require-using 1"]);
    expect(performance.now() - started).toBeLessThan(20_000);
    await asked;

    await client.change(bad, { text: "// harmless again\n" });
    expect(await client.findings(bad)).toEqual(["require-using 1"]);
    // Whether a file is to blame for a crash shows when it happens again; a file that hangs is left alone at once.
    expect(failures(client).length).toBeLessThanOrEqual(word === "EXIT" || word === "CRASH" ? 2 : 1);
    for (const told of failures(client)) expect(told).toMatch(because);
    expect(client.statuses().at(-1)?.state).toBe("ready");
  });
});

describe("an ESLint configuration that never ends loading", () => {
  it("is given up, the bundled one used and the reason told; a mended one is followed", async () => {
    using made = workspace({ ...project, "package.json": '{ "type": "module" }', "eslint.config.js": "for (;;);\n" });
    install(made);
    await using client = await start({ folders: [made.folder], settings: { fileTimeBudget: 2_000 } });
    const [uri, other] = [made.uri("src/leak.ts"), made.uri("src/resources.ts")];
    await client.open(uri, leak);
    await client.open(other);
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    await client.diagnostics(other);
    expect(failures(client), "it is waited for once, and not for each file").toEqual([expect.stringMatching(/^The ESLint configuration could not be loaded: .*took more than 6 s\.$/u)]);
    expect(client.statuses().findLast((status) => status.uri === uri)).toMatchObject({ state: "degraded", text: expect.stringMatching(/eslint\.config\.js could not be loaded: .*took more than 6 s/u) as string });
    await client.configure({ fileTimeBudget: 10_000 });
    made.write("eslint.config.js", eslintConfig({ "await-using/require-using": "warn" }));
    await client.filesChanged(FileChangeType.Changed, made.uri("eslint.config.js"));
    expect((await client.diagnostics(uri)).map(({ severity }) => severity)).toEqual([2]);
  });
});

describe("a file that always makes the analysis fail", () => {
  it("is left alone until it changes, so that the others keep their findings", async () => {
    using made = obeying();
    await using client = await start({ folders: [made.folder], settings: { fileTimeBudget: 2_000 } });
    const [good, bad] = [made.uri("src/good.js"), made.uri("src/other.js")];
    await client.open(good);
    await client.open(bad, "// HANG\n");
    await client.report(bad);
    for (let round = 0; round < 5; round += 1) {
      await client.report(bad);
      expect(await client.findings(good)).toEqual(["require-using 1"]);
    }
    expect(failures(client)).toHaveLength(1);
    expect(await client.request("awaitUsing/addManagerHelper", { uri: bad })).toEqual({ because: expect.stringMatching(/^The analysis gives no answer: checking .*other\.js took more than 2 s\.$/u) as string });
    await client.change(bad, { text: "// mended\n" });
    expect(await client.findings(bad)).toEqual(["require-using 1"]);
  });
});

describe("a check that takes more than half of what it may", () => {
  it("has its findings, and a warning that says so until a check is faster", async () => {
    using made = obeying();
    made.write("node_modules/eslint-plugin-await-using/index.js", obedient.replace("if (text.includes(\"HANG\")) for (;;);", 'for (const end = performance.now() + (text.includes("SLOW") ? 2_200 : 0); performance.now() < end;);'));
    await using client = await start({ folders: [made.folder], settings: { fileTimeBudget: 4_000 } });
    const uri = made.uri("src/good.js");
    await client.open(uri, "// SLOW\n");
    const told = (): object | undefined => client.statuses().findLast((status) => status.uri === uri);
    expect(await client.findings(uri)).toEqual(["require-using 1"]);
    expect(told()).toMatchObject({
      severity: "warning",
      text: expect.stringMatching(/^1 finding, a slow check: [23](?:\.\d)? s$/u) as string,
      details: expect.arrayContaining(["After 4 s the check of a file is given up (setting awaitUsing.fileTimeBudget). “Await Using: Show Rule Times” tells which rules took long."]) as string[],
    });
    await client.change(uri, { text: "// fast\n" });
    expect(await client.findings(uri)).toEqual(["require-using 1"]);
    expect(told()).toMatchObject({ severity: "information", text: "1 finding" });
  });
});

describe("another version of the workspace's plugin", () => {
  it("is used as soon as it is installed", async () => {
    using made = obeying();
    await using client = await start({ folders: [made.folder] });
    const uri = made.uri("src/good.js");
    await client.open(uri);
    expect((await client.diagnostics(uri)).map(({ message }) => message)).toEqual(["checked"]);
    const folder = "node_modules/eslint-plugin-await-using";
    made.write(`${folder}/package.json`, '{ "name": "eslint-plugin-await-using", "version": "100.0.0", "type": "module", "exports": "./index.js" }');
    made.write(`${folder}/index.js`, obedient.replace('"99.0.0"', '"100.0.0"').replace('"checked"', '"checked anew"'));
    await client.filesChanged(FileChangeType.Changed, made.uri("package-lock.json"));
    expect((await client.diagnostics(uri)).map(({ message }) => message)).toEqual(["checked anew"]);
    expect(failures(client)).toEqual([]);
  });

  it("that cannot be reached by its name is told, and ours runs instead", async () => {
    using made = obeying();
    await using client = await start({ folders: [made.folder] });
    made.write("vendor/plugin.js", obedient.replace("require-using", "no-sync-using"));
    made.write("eslint.config.js", `import plugin from "./vendor/plugin.js";
export default [{ files: ["**/*.js"], plugins: { "await-using": plugin }, rules: { "await-using/no-sync-using": "error" } }];
`);
    made.remove("node_modules/eslint-plugin-await-using");
    const uri = made.uri("src/good.js");
    await client.open(uri);
    expect(await client.diagnostics(uri)).toEqual([]);
    expect(client.statuses().filter(({ uri: of }) => of === uri).map(({ text }) => text)).toContainEqual(expect.stringMatching(/^The rules of version \d+\.\d+\.\d+ run here: the plugin that .+eslint\.config\.js uses has another version and cannot be loaded from there \(Cannot find module 'eslint-plugin-await-using'/u));
  });
});
