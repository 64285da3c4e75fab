// The server's text is the client's, whatever is typed; positions count as LSP counts.
import { createHash } from "node:crypto";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";

import { edited, editsOf, positionAt, short, start, type Client } from "./support/client.js";
import { leak, project, workspace, type Workspace } from "./support/workspace.js";

let made: Workspace;
let client: Client;

beforeAll(async () => {
  made = workspace(project);
  client = await start({ folders: [made.folder] });
});
afterEach(() => client.closeAll());
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  made[Symbol.dispose]();
});

/** Numbers that look random, and are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = ["a", "\n", "\r\n", "\r", "😀", "\ud83d", "\ude00", "é", "\u2028", "\t", "", "const x = 1;\r\n", "/* 𝒳 */", "\n\n", "`${", "}`", "a long text without an end of line ".repeat(5)];

describe("2,000 random edits", () => {
  it.each([1, 2, 3, 4])("leave the server with the client's text (series %i of 500)", async (seed) => {
    const below = random(seed);
    const uri = made.uri(`src/random-${String(seed)}.ts`);
    await client.open(uri, leak.replaceAll("\n", "\r\n"));
    for (let made = 0; made < 500; ) {
      const changes: TextDocumentContentChangeEvent[] = [];
      let text = client.text(uri);
      for (let i = below(3); i >= 0; i -= 1) {
        const change = changeOf(text, below);
        changes.push(change);
        text = "range" in change ? edited(text, [{ range: change.range, newText: change.text }]) : change.text;
      }
      made += changes.length;
      await client.change(uri, ...changes);
      expect(client.text(uri)).toBe(text);
      if (made % 100 < changes.length) await same(uri);
    }
    await same(uri);
  });
});

async function same(uri: string): Promise<void> {
  const hash = createHash("sha256").update(client.text(uri)).digest("hex");
  const line = (await client.debugInformation()).split("\n").find((each) => each.startsWith(`- ${uri}:`));
  expect(line, JSON.stringify(client.text(uri).slice(0, 500))).toContain(`version ${String(client.version(uri))}, text ${hash}`);
}

function changeOf(text: string, below: (limit: number) => number): TextDocumentContentChangeEvent {
  const piece = pieces[below(pieces.length)] ?? "";
  if (below(40) === 0) return { text: piece };
  // An offset between \r and \n, or past the end of a line, has no position of its own.
  const place = (offset: number): number => (text[offset - 1] === "\r" && text[offset] === "\n" ? offset + 1 : offset);
  const from = place(below(text.length + 1));
  const to = below(3) === 0 ? from : Math.max(from, place(Math.min(text.length, from + below(text.length > 2_000 ? 400 : 40))));
  return { range: { start: positionAt(text, from), end: positionAt(text, to) }, text: piece };
}

describe("positions", () => {
  const at = { start: { line: 2, character: 8 }, end: { line: 2, character: 12 } };

  /** The file, its finding and the text that its preferred quick-fix makes. */
  async function fixed(text: string): Promise<{ readonly ranges: unknown[]; readonly after: string }> {
    const uri = made.uri("src/leak.ts");
    await client.open(uri, text);
    const found = await client.diagnostics(uri);
    const range = found[0]?.range ?? at;
    const preferred = (await client.actions(uri, range)).find(({ isPreferred }) => isPreferred === true);
    for (const [, edits] of editsOf(preferred?.edit ?? {})) await client.change(uri, { text: edited(text, edits) });
    const after = client.text(uri);
    expect(short(await client.diagnostics(uri))).toEqual([]);
    return { ranges: found.map((each) => each.range), after };
  }

  it("count \\r\\n as one end of a line, and fixes keep it", async () => {
    const { after, ranges } = await fixed(leak.replaceAll("\n", "\r\n"));
    expect(ranges).toEqual([at]);
    expect(after).toBe(leak.replace("const conn", "await using conn").replaceAll("\n", "\r\n"));
  });

  it("count \\r alone as the end of a line", async () => {
    const { after, ranges } = await fixed(leak.replaceAll("\n", "\r"));
    expect(ranges).toEqual([at]);
    expect(after).toBe(leak.replace("const conn", "await using conn").replaceAll("\n", "\r"));
  });

  it("count a surrogate pair as two", async () => {
    const { after, ranges } = await fixed(leak.replace("  const conn", "  /* 😀𝒳 */ const conn"));
    expect(ranges).toEqual([{ start: { line: 2, character: 19 }, end: { line: 2, character: 23 } }]);
    expect(after).toContain("  /* 😀𝒳 */ await using conn = await open();");
  });

  it("do not count U+2028 as the end of a line, unlike ESLint", async () => {
    const { after, ranges } = await fixed(leak.replace("  const conn", "  /* \u2028 */ const conn"));
    expect(ranges).toEqual([{ start: { line: 2, character: 16 }, end: { line: 2, character: 20 } }]);
    expect(after).toContain("  /* \u2028 */ await using conn = await open();");
  });

  it("are not shifted by a byte order mark", async () => {
    const { after, ranges } = await fixed(`\ufeff${leak.replaceAll("\n", " ")}`);
    const character = leak.indexOf("conn =") + 1;
    expect(ranges).toEqual([{ start: { line: 0, character }, end: { line: 0, character: character + 4 } }]);
    expect(after).toBe(`\ufeff${leak.replace("const conn", "await using conn").replaceAll("\n", " ")}`);
  });

  it("of an empty document and of one without an end of line are fine", async () => {
    const uri = made.uri("src/leak.ts");
    await client.open(uri, "");
    expect(await client.findings(uri)).toEqual([]);
    await client.change(uri, { text: leak.trimEnd() });
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
  });
});

describe("a file that cannot be parsed while it is typed in", () => {
  it("says so in the status, and has its findings again afterwards", async () => {
    const uri = made.uri("src/leak.ts");
    await client.open(uri, leak);
    await client.replace(uri, "(): Promise<number> {", "(): Promise<number> {{{ ((");
    expect(await client.findings(uri)).toEqual([]);
    expect(client.statuses().findLast((status) => status.uri === uri)).toMatchObject({ state: "degraded" });
    await client.replace(uri, "{{{ ((", "{");
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
  });
});
