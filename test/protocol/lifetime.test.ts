// The processes end when they should, and only then.
import { spawn, spawnSync } from "node:child_process";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { bundle, start, type Client } from "./support/client.js";
import { childrenOf, runs } from "./support/processes.js";
import { eslintConfig, install, leak, project, workspace, type Workspace } from "./support/workspace.js";

let made: Workspace;

beforeAll(() => {
  made = workspace({ ...project, "package.json": '{ "type": "module" }', "eslint.config.js": eslintConfig({ "await-using/require-using": "error" }) });
  install(made);
});
afterAll(() => {
  made[Symbol.dispose]();
});

async function working(): Promise<Client> {
  const client = await start({ folders: [made.folder] });
  await client.open(made.uri("src/leak.ts"), leak);
  expect(await client.findings(made.uri("src/leak.ts"))).toEqual(["require-using 3"]);
  return client;
}

describe("the server's process", () => {
  it("starts no other and ends with code 0 after shutdown and exit", async () => {
    await using client = await working();
    const { pid = 0 } = client.child;
    expect(childrenOf(pid)).toEqual([]);
    expect(await client.end()).toBe(0);
    expect(runs(pid)).toBe(false);
    expect(client.stderr).toBe("");
  });

  it("ends when the client is gone", async () => {
    await using client = await working();
    client.child.stdin.destroy();
    expect(await client.exit()).not.toBeNull();
  });

  it("ends with code 1 on exit without shutdown, in the middle of its work too", async () => {
    await using client = await start({ folders: [made.folder] });
    await client.open(made.uri("src/leak.ts"), leak);
    void client.report(made.uri("src/leak.ts")).catch(() => undefined);
    await client.notify("exit", undefined);
    expect(await client.exit()).toBe(1);
  });

  it("ends with code 0 where the client still asks after shutdown", async () => {
    await using client = await working();
    await client.request("shutdown");
    await client.report(made.uri("src/leak.ts")).catch(() => undefined);
    await client.notify("exit", undefined);
    expect(await client.exit()).toBe(0);
  });
});

describe("a stream of bytes", () => {
  it("with a message that is no JSON is answered by a ParseError", async () => {
    const child = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.write("Content-Length: 5\r\n\r\n{bad}");
    let answered = "";
    for await (const chunk of child.stdout) {
      answered += String(chunk);
      if (answered.includes("}")) child.stdin.end();
    }
    expect(answered).toMatch(/"id":null,"error":\{"code":-32700,"message":"The message is no JSON: /u);
  });

  it.each([
    ["without a length", "Content-Lengt: 2\r\n\r\n{}", "Header must provide a Content-Length property"],
    ["whose length is no number", "Content-Length: two\r\n\r\n{}", "Content-Length value must be a number. Got two"],
  ])("%s ends the server, which says why", (_, bytes, because) => {
    const { status, stderr } = spoken(bytes);
    expect(status).toBe(1);
    expect(stderr).toContain(because);
    expect(stderr).toContain('A message begins with "Content-Length: <bytes>"');
  });
});

/** What the server answers to some bytes on its standard input. */
function spoken(bytes: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [bundle, "--stdio"], { input: bytes, encoding: "utf8" });
}
