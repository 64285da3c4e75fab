// Whatever a file looks like while somebody types: all that an editor asks is answered, and the analysis never has to start again.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { start } from "./support/client.js";
import { leak, project, root, workspace } from "./support/workspace.js";

const corpus = path.join(root, "node_modules", "test262-parser-tests");

/** Every tenth text of a folder of test262's parser tests. */
function texts(folder: string): readonly string[] {
  return readdirSync(path.join(corpus, folder)).sort().filter((_, index) => index % 10 === 0).map((name) => readFileSync(path.join(corpus, folder, name), "utf8"));
}

it.each([
  ["every syntax that JavaScript has", "pass", 150],
  ["what no parser takes", "fail", 70],
])("%s", async (_, folder, least) => {
  using made = workspace({ ...project, "src/syntax.js": "" });
  await using client = await start({ folders: [made.folder] });
  const uri = made.uri("src/syntax.js");
  await client.open(uri);
  const all = texts(folder);
  expect(all.length).toBeGreaterThan(least);
  for (const text of all) {
    await client.change(uri, { text });
    const range = { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
    const asked = await Promise.allSettled([
      client.diagnostics(uri),
      client.actions(uri, range),
      client.request("textDocument/hover", { textDocument: { uri }, position: range.start }),
      client.request("textDocument/inlayHint", { textDocument: { uri }, range }),
    ]);
    expect(asked.filter(({ status }) => status === "rejected"), text).toEqual([]);
  }
  const leaking = made.uri("src/leak.ts");
  await client.open(leaking, leak);
  expect(await client.findings(leaking)).toEqual(["require-using 3"]);
  expect(client.log().filter((line) => /crash|ended with|took more|Unhandled|TypeError|RangeError/u.test(line))).toEqual([]);
  expect(client.stderr).toBe("");
});
