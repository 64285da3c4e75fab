// @ts-check
// Runs the editor tests: `npm run test:editor -- [newest|oldest] [suite ...] [--grep text]`.
// Ends with one line that counts them all. Two versions run side by side, each in a process of its own.
import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { findEditor } from "./editors.mjs";
import { versions } from "./host/versions.mjs";
import { runLaunch } from "./launch.mjs";
import { launches } from "./launches.mjs";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
const chosen = versions.filter((version) => positionals.includes(version));
const suites = positionals.filter((name) => !versions.some((version) => version === name));
if (values.grep !== undefined) process.env["EDITOR_GREP"] = values.grep;

const total = { passed: 0, failed: 0 };
if (chosen.length === 1) await runIn(chosen[0] ?? "newest");
else await sideBySide(chosen.length === 0 ? versions : chosen);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** @param {import("./host/versions.mjs").Version} version */
async function runIn(version) {
  let interrupted = false;
  process.on("SIGINT", () => {
    interrupted = true;
  });
  // runTests ends the editor on SIGINT only.
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => process.emit("SIGINT"));
  try {
    const executable = await findEditor(version);
    for (const launch of await launches(suites)) {
      if (interrupted) throw new Error("interrupted");
      if (launch.versions?.includes(version) === false) {
        console.log(`\n── ${launch.name}, ${version} VS Code: not meant for it, not run`);
        continue;
      }
      console.log(`\n── ${launch.name}, ${version} VS Code`);
      const started = performance.now();
      const { failed, passed } = await runLaunch(version, executable, launch);
      console.log(`── ${launch.name}, ${version} VS Code: ${failed === 0 ? "ok" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      total.passed += passed;
      total.failed += failed;
    }
  } catch (error) {
    console.log(`\n── ${version} VS Code: FAILED, could not run: ${error instanceof Error ? error.message : String(error)}`);
    total.failed += 1;
  }
}

/** The output of the second follows that of the first, so that each can be read. @param {readonly string[]} chosen */
async function sideBySide(chosen) {
  const runs = chosen.map((version) => {
    const child = spawn(process.execPath, [import.meta.filename, version, ...suites, ...(values.grep === undefined ? [] : ["--grep", values.grep])], { stdio: ["ignore", "pipe", "pipe"] });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => child.kill(signal));
    let output = "";
    let shown = 0;
    let isShown = false;
    const show = () => {
      if (isShown) process.stdout.write(output.slice(shown));
      if (isShown) shown = output.length;
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (/** @type {Buffer} */ chunk) => {
        output += chunk.toString();
        show();
      });
    }
    const ended = new Promise((resolve) => child.on("close", resolve));
    return {
      async follow() {
        isShown = true;
        show();
        await ended;
        const { failed, passed } = [...output.matchAll(/^(?<passed>\d+) passed, (?<failed>\d+) failed$/gmu)].at(-1)?.groups ?? { passed: "0", failed: "1" };
        total.passed += Number(passed);
        total.failed += Number(failed);
      },
    };
  });
  for (const run of runs) await run.follow();
}
