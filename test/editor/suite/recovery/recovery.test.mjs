// @ts-check
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import * as vscode from "vscode";

import { debugInformation, ruleOf, set } from "../../support/actions.mjs";
import { diagnosticsOf, inWorkspace, openFile, waitFor } from "../../support/editor.mjs";

/** @type {vscode.TextDocument} */
let leak;

const findings = () => diagnosticsOf(leak.uri).map((each) => `${ruleOf(each)} ${each.range.start.line + 1}`);

/** The server's process. */
async function serverProcess() {
  const pid = /, process (?<pid>\d+)$/mu.exec(await debugInformation())?.groups?.["pid"];
  assert.ok(pid, "the server does not answer");
  return Number(pid);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Types at the top of the file, and waits until the finding has moved with it: the answer is one about this text. */
async function freshFindings() {
  const editor = await vscode.window.showTextDocument(leak);
  await editor.edit((change) => change.insert(new vscode.Position(0, 0), "\n"));
  const line = leak.getText().split("\n").findIndex((text) => text.includes("const conn")) + 1;
  await waitFor(() => {
    assert.deepEqual(findings(), [`require-using ${line}`]);
    return true;
  }, `a finding in line ${line}`, 20);
}

/** The longest time for which the extension host did nothing else while something was waited for. @param {() => Promise<unknown>} work */
async function longestPause(work) {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}

before(async () => {
  leak = (await openFile("src", "leak.ts")).document;
  await waitFor(() => findings().length === 1, "the finding", 50);
});

describe("a server that is killed", () => {
  it("is started again: findings are back within seconds, and the editor answers meanwhile", async () => {
    const killed = await serverProcess();
    const started = performance.now();
    process.kill(killed, "SIGKILL");
    const pause = await longestPause(async () => {
      await waitFor(() => !isRunning(killed), "its end");
      await freshFindings();
    });
    assert.ok(performance.now() - started < 15_000, `back after ${Math.round(performance.now() - started)} ms`);
    assert.ok(pause < 1000, `the extension host stood still for ${Math.round(pause)} ms`);
    assert.notEqual(await serverProcess(), killed);
  });

  it("is started again a second time", async () => {
    process.kill(await serverProcess(), "SIGKILL");
    await freshFindings();
  });
});

describe("the command “Restart”", () => {
  it("ends the server and starts another, which finds the same", async () => {
    const old = await serverProcess();
    await vscode.commands.executeCommand("awaitUsing.restart");
    await waitFor(() => !isRunning(old), "the end of the old server", 10);
    assert.notEqual(await serverProcess(), old);
    await freshFindings();
  });

  it("starts a server that was given up because its runtime is missing, which the status tells", async () => {
    await set("runtime", path.join(inWorkspace().fsPath, "no-such-node"));
    const told = await waitFor(async () => {
      const text = await debugInformation();
      return /Stopped after several attempts/u.test(text) && text;
    }, "the server to be given up", 45);
    assert.match(told, /Language server: not running/u);
    await set("runtime", undefined);
    await waitFor(serverProcess, "a server on VS Code's own Node");
    await freshFindings();
  });
});

describe("an ESLint configuration that never ends", () => {
  it("is given up: the bundled one holds, the status says so, and the editor answers meanwhile", async () => {
    const { fsPath: file } = inWorkspace("eslint.config.js");
    const configuration = readFileSync(file, "utf8");
    await set("fileTimeBudget", 500);
    writeFileSync(file, "for (;;);\n");
    const pause = await longestPause(async () => {
      await waitFor(async () => /Status: .*eslint\.config\.js could not be loaded.*took more than/u.test(await debugInformation()), "the status", 30);
    });
    assert.ok(pause < 1000, `the extension host stood still for ${Math.round(pause)} ms`);
    await freshFindings();
    assert.equal(diagnosticsOf(leak.uri)[0]?.severity, vscode.DiagnosticSeverity.Error);
    // First the budget: a machine under load may need more than half a second for any configuration.
    await set("fileTimeBudget", undefined);
    writeFileSync(file, configuration);
    await waitFor(() => diagnosticsOf(leak.uri)[0]?.severity === vscode.DiagnosticSeverity.Warning, "the workspace's own configuration again");
  });
});

// Last: nothing of the extension works afterwards.
describe("the end of the extension", () => {
  it("ends the server", async () => {
    const pid = await serverProcess();
    const extension = vscode.extensions.getExtension("await-using.await-using");
    assert.ok(extension);
    // The module that the extension host has loaded, not another one.
    const { deactivate } = createRequire(import.meta.url)(path.join(extension.extensionPath, "dist/client.cjs"));
    await deactivate();
    await waitFor(() => !isRunning(pid), "the end of the server", 5);
  });
});
