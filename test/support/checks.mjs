// @ts-check
import { performance } from "node:perf_hooks";

let passed = 0;
let failed = 0;

/**
 * Tests a claim, and prints whether it holds.
 *
 * @param {string} claim
 * @param {() => Promise<readonly string[]>} test what is wrong; empty when nothing is
 * @returns {Promise<boolean>} whether it holds
 */
export async function check(claim, test) {
  const started = performance.now();
  const wrong = await test().catch((/** @type {unknown} */ error) => [String(error)]);
  if (wrong.length === 0) passed += 1;
  else failed += 1;
  console.log(`${wrong.length === 0 ? "ok  " : "FAIL"} ${claim} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const line of wrong) console.log(`       ${line.replaceAll("\n", "\n       ")}`);
  return wrong.length === 0;
}

/** Prints the line that counts all claims, and ends the process by it. */
export function conclude() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** What is wrong with a program that should have ended well. @param {{ status: number | null, stdout: string, stderr: string }} ended */
export function failing({ status, stderr, stdout }) {
  return status === 0 ? [] : [`status ${status}`, stdout, stderr];
}
