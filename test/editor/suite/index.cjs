// @ts-check
// Runs in the extension host: the test files that EDITOR_SUITE names, with mocha. The counts go to EDITOR_RESULT.
"use strict";
const { writeFileSync } = require("node:fs");
const Mocha = require("mocha");

exports.run = async () => {
  const { EDITOR_GREP, EDITOR_RESULT = "", EDITOR_SUITE = "[]" } = process.env;
  const mocha = new Mocha({ color: false, forbidOnly: true, reporter: "spec", timeout: 180_000, ...(EDITOR_GREP === undefined ? {} : { grep: EDITOR_GREP }) });
  for (const file of JSON.parse(EDITOR_SUITE)) mocha.addFile(file);
  await mocha.loadFilesAsync();
  /** @type {import("mocha").Stats | undefined} */
  const stats = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const { failures = 1, passes = 0, pending = 0 } = stats ?? {};
  writeFileSync(EDITOR_RESULT, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
  if (failures > 0) throw new Error(`${failures} failed`);
};
