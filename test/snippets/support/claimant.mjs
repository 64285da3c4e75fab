// @ts-check
// Tests the claims of a module in a Node of its own: `claimant.mjs <file>`. Prints what is wrong with each.
import { pathToFileURL } from "node:url";

const { claims } = await import(pathToFileURL(process.argv[2] ?? "").href);
/** @type {Record<string, string>} */
const wrong = {};
for (const [claim, test] of Object.entries(claims)) {
  const error = await test().then(() => undefined, (/** @type {unknown} */ reason) => reason);
  wrong[claim] = error === undefined ? "" : String(error);
}
console.log(JSON.stringify(wrong));
