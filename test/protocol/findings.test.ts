import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import type { Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";

import { node } from "../support/eslint.mjs";
import { start, type Client } from "./support/client.js";
import { root } from "./support/workspace.js";

const demo = path.join(root, "test", "fixtures", "demo");
const folder = path.join(demo, "planted", "src");
const files = readdirSync(folder).sort();

/** A finding, as the command line and the editor both know it. */
type Shown = Pick<Diagnostic, "code" | "message" | "range">;

interface Printed {
  readonly shown: Shown;
  /** The changes that ESLint offers. */
  readonly offers: number;
}

describe("the demo's files", () => {
  let client: Client;
  let expected: ReadonlyMap<string, readonly Printed[]>;

  beforeAll(async () => {
    expected = await byCommandLine();
    client = await start({ folders: [demo] });
  });
  afterAll(() => client[Symbol.asyncDispose]());

  it("are not free of findings", () => {
    expect([...expected.values()].flat().length).toBeGreaterThan(10);
  });

  it.each(files)("%s has the findings that ESLint's command line prints", async (name) => {
    const uri = pathToFileURL(path.join(folder, name)).href;
    await client.open(uri);
    const shown = (await client.diagnostics(uri)).map(({ code, message, range }) => ({ code, message, range }));
    expect(shown).toEqual(expected.get(name)?.map((each) => each.shown));
  });

  it.each(files)("%s loses each finding by its preferred quick-fix, or by a comment where the rule offers none", async (name) => {
    const uri = pathToFileURL(path.join(folder, name)).href;
    const text = readFileSync(path.join(folder, name), "utf8");
    const printed = expected.get(name) ?? [];
    for (const { offers, shown } of printed) {
      const actions = (await client.actions(uri, shown.range)).filter(({ diagnostics = [] }) => diagnostics.some(({ code, message }) => code === shown.code && message === shown.message));
      const preferred = actions.filter(({ isPreferred }) => isPreferred === true);
      expect(preferred, `${String(shown.code)}: one preferred quick-fix`).toHaveLength(Math.min(offers, 1));
      const [chosen = actions.find(({ title }) => title.includes("on this line"))] = preferred;
      client.apply(chosen?.edit ?? {});
      const after = await client.diagnostics(uri);
      expect(after.filter(({ code, message }) => code === shown.code && message === shown.message)).toEqual([]);
      expect(after.length, "nothing else is found instead").toBeLessThan(printed.length);
      expect(client.statuses().findLast((status) => status.uri === uri)?.state, "the file can be parsed").toBe("ready");
      await client.change(uri, { text });
    }
  });

  it("carry what an editor shows beside the message", async () => {
    const uri = pathToFileURL(path.join(folder, "spool.ts")).href;
    const [found] = (await client.diagnostics(uri)).filter(({ code }) => code === "no-leak-on-path");
    expect(found).toMatchObject({ source: "await-using", severity: 1, data: { rule: "no-leak-on-path" } });
    expect(found?.codeDescription?.href).toMatch(/^https:.*no-leak-on-path/u);
    expect(found?.relatedInformation?.map(({ location }) => location.uri)).toContain(uri);
  });

  it("have a status that says by which configuration and types they were checked", async () => {
    const uri = pathToFileURL(path.join(folder, "spool.ts")).href;
    const status = await client.until("a status of the file", () => client.statuses().findLast((each) => each.uri === uri));
    expect(status).toMatchObject({ state: "ready", tsconfig: path.join(demo, "planted", "tsconfig.json") });
    expect(status.config).toContain(path.join(demo, "eslint.config.js"));
    expect(status.rules?.map(({ name }) => name)).toContain("await-using/no-leak-on-path");
  });
});

async function byCommandLine(): Promise<ReadonlyMap<string, readonly Printed[]>> {
  const { stderr, stdout } = await node([path.join(root, "node_modules/eslint/bin/eslint.js"), "--format", "json", "planted"], { cwd: demo });
  if (stdout === "") throw new Error(stderr);
  const results = JSON.parse(stdout) as readonly { readonly filePath: string; readonly messages: readonly Linter.LintMessage[] }[];
  return new Map(results.map(({ filePath, messages }) => [path.basename(filePath), messages.map(printedOf)]));
}

function printedOf({ column, endColumn = column, endLine, fix, line, message, ruleId, suggestions = [] }: Linter.LintMessage): Printed {
  return {
    offers: suggestions.length + (fix === undefined ? 0 : 1),
    shown: {
      code: ruleId?.replace(/^await-using\//u, "") ?? "(no rule)",
      message,
      range: { start: { line: line - 1, character: column - 1 }, end: { line: (endLine ?? line) - 1, character: endColumn - 1 } },
    },
  };
}
