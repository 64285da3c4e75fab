#!/usr/bin/env node
// @ts-check
// Stands in for the desktop VS Code executable: takes its command line and ends with the tests' exit code.
//   EDITOR_HOST             newest (default) or oldest
//   EDITOR_HOST_WEB         the file that is given the tests' counts: nothing but a web worker runs extensions and tests
//   EDITOR_HOST_TRUST       withheld: the workspace is not trusted
//   EDITOR_HOST_TIMEOUT     seconds after which the tests are given up (default 600)
//   EDITOR_HOST_LOG         keep the log of server and workbench in this file
//   EDITOR_HOST_SCALE       pixels of a picture per pixel of the window (default 1)
//   EDITOR_HOST_PICTURE     write a picture of the workbench to this file when the tests end
import { appendFileSync, createWriteStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { parseArguments } from "./arguments.mjs";
import { openBrowser } from "./browser.mjs";
import { follow } from "./follow.mjs";
import { interrupted } from "./interrupted.mjs";
import { makeProfile } from "./profile.mjs";
import { runServerCommand } from "./server.mjs";
import { productOf } from "./versions.mjs";
import { startWebWorkbench } from "./web.mjs";
import { serveWindow } from "./window.mjs";
import { startWorkbench } from "./workbench.mjs";

const version = process.env["EDITOR_HOST"] === "oldest" ? "oldest" : "newest";
const args = parseArguments(process.argv.slice(2));

/** @param {import("./profile.mjs").Profile} profile */
async function runTests(profile) {
  const { EDITOR_HOST_LOG, EDITOR_HOST_PICTURE, EDITOR_HOST_TIMEOUT, EDITOR_HOST_TRUST, EDITOR_HOST_WEB } = process.env;
  const seconds = Number(EDITOR_HOST_TIMEOUT ?? 600);
  const output = path.join(profile.temp, "output");
  writeFileSync(output, "");
  const logFile = path.resolve(EDITOR_HOST_LOG ?? path.join(profile.temp, "log"));
  const log = createWriteStream(logFile);
  const socket = path.join(profile.temp, "window");
  const asked = interrupted();
  const workbench = EDITOR_HOST_WEB !== undefined ? await startWebWorkbench({
    version, profile, log,
    extensions: args.extensions,
    tests: args.tests ?? "",
    onReport({ counts, line }) {
      if (line !== undefined) appendFileSync(output, `${line}\n`);
      if (counts === undefined) return;
      writeFileSync(EDITOR_HOST_WEB, JSON.stringify(counts));
      writeFileSync(`${output}.passed`, "");
    },
  }) : await startWorkbench({
    version, profile, log,
    trust: EDITOR_HOST_TRUST === "withheld" ? "withheld" : "granted",
    workspace: args.workspace,
    file: args.file,
    extensions: args.extensions,
    tests: args.tests === undefined ? undefined : path.join(import.meta.dirname, "bootstrap.cjs"),
    env: { EDITOR_HOST_TESTS: args.tests, EDITOR_HOST_OUTPUT: output, EDITOR_HOST_WINDOW: socket },
  });
  /** @type {Awaited<ReturnType<typeof openBrowser>> | undefined} */
  let browser;
  /** @type {(() => void) | undefined} */
  let closeWindow;
  /** @type {number | string} */
  let ended;
  const stopFollowing = follow(output, process.stdout);
  try {
    browser = await openBrowser(log);
    closeWindow = await serveWindow(socket, browser.page);
    await browser.page.goto(workbench.url);
    const died = workbench.exited.then((code) => `the VS Code server exited with ${code}`);
    const late = sleep(seconds * 1000, `no result after ${seconds} s`, { ref: false });
    ended = await Promise.race([browser.ended, died, late, asked]);
    if (EDITOR_HOST_PICTURE !== undefined) await browser.page.screenshot({ path: EDITOR_HOST_PICTURE });
  } finally {
    closeWindow?.();
    await browser?.stop();
    await workbench.stop();
    stopFollowing();
    await new Promise((resolve) => log.end(resolve));
  }
  // The workbench reports 0 also where the extension host died; the file says that the tests came to their end.
  if (ended === 0 && args.tests !== undefined && !existsSync(`${output}.passed`)) ended = "the extension host ended before the tests did";
  if (typeof ended === "string") console.error(`${ended}\nThe end of the host's log:\n${endOf(logFile)}`);
  return typeof ended === "number" ? ended : 124;
}

/** @param {string} logFile */
function endOf(logFile) {
  const lines = readFileSync(logFile, "utf8").split("\n").filter((line) => !line.includes("Ignoring fetching additional builtin extensions"));
  return lines.slice(-40).join("\n");
}

async function main() {
  if (args.version) {
    console.log(`${productOf(version).version}\n${productOf(version).commit}\n${process.arch}`);
    return 0;
  }
  const profile = makeProfile({ user: args.user, extensions: args.installed });
  try {
    return args.management.length > 0 ? await runServerCommand(version, profile, args.management) : await runTests(profile);
  } finally {
    profile[Symbol.dispose]();
  }
}

main().then((code) => process.exit(code), (error) => {
  console.error(error);
  process.exit(69);
});
