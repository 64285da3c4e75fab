// @ts-check
// Type-checks what the build does not: the tests, the corpus, the demo projects.
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const projects = [
  "eslint-plugin/tests/tsconfig.json",
  "eslint-plugin/tests/corpus.tsconfig.json",
  "server/tests/tsconfig.json",
  "test/protocol/tsconfig.json",
  "test/snippets/tsconfig.json",
  "test/mutation/tsconfig.json",
  "test/fixtures/demo/planted/tsconfig.json",
  "test/fixtures/demo/corrected/tsconfig.json",
];
for (const project of projects) {
  const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", path.join(root, project)], { stdio: "inherit" });
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${project}`);
  if (status !== 0) process.exitCode = 1;
}
