// @ts-check
// Runs the editor tests: `npm run test:editor -- [newest|oldest] [suite ...] [--grep text]`.
// Ends with one line that counts them all.
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

let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});
// runTests ends the editor on SIGINT only.
for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) process.on(signal, () => process.emit("SIGINT"));

const total = { passed: 0, failed: 0 };
for (const version of chosen.length > 0 ? chosen : versions) {
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
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
