// @ts-check
// Runs the editor tests: `npm run test:editor -- [newest|oldest] [suite ...] [--grep text]`.
// Ends with one line that counts them all. Two launches run side by side, each in a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

import { findEditor } from "./editors.mjs";
import { versions } from "./host/versions.mjs";
import { runLaunch } from "./launch.mjs";
import { launches } from "./launches.mjs";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
const chosen = versions.filter((version) => positionals.includes(version));
const suites = positionals.filter((name) => !versions.some((version) => version === name));
const grep = values.grep === undefined ? [] : ["--grep", values.grep];
if (values.grep !== undefined) process.env["EDITOR_GREP"] = values.grep;

const total = { passed: 0, failed: 0 };
if (chosen.length === 1) await runIn(chosen[0] ?? "newest");
else await sideBySide();
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

/** Two launches at a time; what each says is shown when it has ended, so that it can be read. */
async function sideBySide() {
  const names = (await launches(suites)).map(({ name }) => name);
  const left = names.flatMap((name) => versions.map((version) => [version, name, ...grep]));
  /** @type {Set<import("node:child_process").ChildProcess>} */
  const running = new Set();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      left.length = 0;
      for (const child of running) child.kill(signal);
    });
  }
  const inTurn = async () => {
    for (let args = left.shift(); args !== undefined; args = left.shift()) {
      const child = spawn(process.execPath, [import.meta.filename, ...args], { stdio: ["ignore", "pipe", "pipe"] });
      running.add(child);
      const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
      running.delete(child);
      process.stdout.write(said + complained);
      const { failed, passed } = [...said.matchAll(/^(?<passed>\d+) passed, (?<failed>\d+) failed$/gmu)].at(-1)?.groups ?? { passed: "0", failed: "1" };
      total.passed += Number(passed);
      total.failed += Number(failed);
    }
  };
  await Promise.all([inTurn(), inTurn()]);
}
