// @ts-check
// Runs what was imported before, and posts what comes of it. Runs in a worker of the browser.

/** @param {object} what a line for the reader, or the counts */
async function report(what) {
  await fetch(`${globalThis.origin}/__report`, { method: "POST", body: JSON.stringify(what) });
}

export async function run() {
  /** @type {Promise<void>[]} */
  const reports = [];
  /** @type {import("mocha").Stats | undefined} */
  const stats = await new Promise((resolve) => {
    const runner = /** @type {any} */ (globalThis).mocha.run(() => resolve(runner.stats));
    const tell = (/** @type {string} */ line) => void reports.push(report({ line }));
    runner.on("pass", (/** @type {any} */ test) => tell(`  ✔ ${test.fullTitle()} (${test.duration}ms)`));
    runner.on("fail", (/** @type {any} */ test, /** @type {Error} */ error) => tell(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
  await Promise.all(reports);
  const { failures = 1, passes = 0, pending = 0 } = stats ?? {};
  await report({ line: `  ${passes} passing, ${failures} failing`, counts: { passed: passes, failed: failures, skipped: pending } });
  if (failures > 0) throw new Error(`${failures} failed`);
}
