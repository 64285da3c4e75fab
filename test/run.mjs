// @ts-check
// Runs every part of the test suite and ends with one line that counts them all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const scratch = mkdtempSync(path.join(tmpdir(), "await-using-"));

/**
 * @typedef {{ passed: number; failed: number }} Count
 * @typedef {{ name: string; command: readonly string[]; cwd?: string; count: (code: number, output: string) => Count }} Part
 */

/** @type {(code: number) => Count} */
const asOne = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });

/** The last `N passed, N failed` of a part that counts for itself. @type {(code: number, output: string) => Count} */
const ownCount = (code, output) => {
  const line = [...output.matchAll(/^(?<passed>\d+) passed, (?<failed>\d+) failed$/gmu)].at(-1)?.groups;
  if (line === undefined) return { passed: 0, failed: 1 };
  const failed = Number(line["failed"]);
  return { passed: Number(line["passed"]), failed: code !== 0 && failed === 0 ? 1 : failed };
};

const bin = (/** @type {string} */ name) => path.join(root, "node_modules/.bin", name);

/** A part that vitest runs in a folder; its report counts. @type {(name: string, folder: string) => Part} */
const vitest = (name, folder) => {
  const report = path.join(scratch, `${name}.json`);
  return {
    name,
    command: [bin("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    cwd: path.join(root, folder),
    count: (code) => reportedCount(code, report),
  };
};

/** @type {(code: number, report: string) => Count} */
const reportedCount = (code, report) => {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    // A file that cannot be loaded has no tests; a skipped test proves nothing.
    const broken = testResults.filter((/** @type {any} */ file) => file.status === "failed" && file.assertionResults.every((/** @type {any} */ test) => test.status === "passed")).length;
    const failed = numFailedTests + numPendingTests + broken;
    return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
};

/** In this order; the parts of one step keep a processor each busy, and run side by side. @type {readonly (readonly Part[])[]} */
const steps = [
  [{ name: "build", command: [bin("tsc"), "-b"], count: asOne }],
  [{ name: "bundles", command: [process.execPath, path.join(root, "tools/bundle.mjs")], count: asOne }],
  [
    { name: "types of tests and corpus", command: [process.execPath, path.join(root, "test/types.mjs")], count: asOne },
    { name: "lint", command: [bin("eslint"), "."], count: asOne },
    { name: "arrows", command: ["npm", "run", "--silent", "arrows"], count: asOne },
  ],
  [{ name: "documentation is current", command: ["npm", "run", "--silent", "docs:check", "-w", "eslint-plugin-await-using"], count: asOne }],
  [{ name: "settings table is current", command: [process.execPath, path.join(root, "tools/settings-table.mjs"), "--check"], count: asOne }],
  [{ name: "snippets are current", command: [process.execPath, path.join(root, "tools/snippets.mjs"), "--check"], count: asOne }],
  [{ name: "versions agree", command: [process.execPath, path.join(root, "tools/version.mjs"), "--check"], count: asOne }],
  [{ name: "release", command: [process.execPath, path.join(root, "test/release.mjs")], count: ownCount }],
  [{ name: "judgements are well-formed", command: [process.execPath, path.join(root, "test/accuracy/check.mjs")], count: asOne }],
  [{ name: "recall", command: [process.execPath, path.join(root, "test/recall/check.mjs")], count: ownCount }],
  [vitest("plugin", "eslint-plugin")],
  [vitest("server", "server")],
  [vitest("protocol", "test/protocol")],
  [vitest("snippets", "test/snippets")],
  [
    { name: "demo", command: [process.execPath, path.join(root, "test/demo.mjs")], count: asOne },
    { name: "editor setup", command: [process.execPath, path.join(root, "test/editor/setup.mjs")], count: asOne },
  ],
  [{ name: "editor", command: [process.execPath, path.join(root, "test/editor/run.mjs")], count: ownCount }],
  [
    { name: "consumers", command: [process.execPath, path.join(root, "test/consumers/run.mjs")], count: ownCount },
    { name: "recipes", command: [process.execPath, path.join(root, "test/recipes/run.mjs")], count: ownCount },
  ],
];

/** Mocha's account of what failed, if there is one; else the last lines. @param {string} output */
const failures = (output) => output.match(/^ {2}\d+ failing$[\s\S]*?(?=^Exit code)/gmu) ?? [output.split("\n").slice(-60).join("\n")];

/** Shows what a part says as it says it, or all of it at its end. @type {(part: Part, isAlone: boolean) => Promise<Count & { name: string, output: string }>} */
const run = async ({ name, command: [file = "", ...args], cwd = root, count }, isAlone) => {
  const started = performance.now();
  if (isAlone) console.log(`\n── ${name}`);
  const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      if (isAlone) process.stdout.write(chunk);
    });
  }
  const code = await once(child, "close").then(([status]) => status ?? 1, (/** @type {Error} */ error) => {
    output += `${file}: ${error.message}\n`;
    return 1;
  });
  const result = count(code, output);
  if (!isAlone) console.log(`\n── ${name}\n${output}`);
  console.log(`── ${name}: ${result.failed === 0 ? "ok" : "FAILED"} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { ...result, name, output };
};

const only = process.argv.slice(2);
let passed = 0;
let failed = 0;
/** @type {string[]} */
const told = [];
for (const step of steps) {
  const chosen = step.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const result of await Promise.all(chosen.map((part) => run(part, chosen.length === 1)))) {
    passed += result.passed;
    failed += result.failed;
    if (result.failed > 0) told.push(`\n── ${result.name}: what failed`, ...failures(result.output));
  }
}
rmSync(scratch, { recursive: true, force: true });
// Again at the end: a log that was cut keeps it.
for (const text of told) console.log(text);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
