// @ts-check
// Makes mocha's words known to the tests that are imported after it. Runs in a worker of the browser.
import "mocha/mocha.js";

/** @type {any} */ (globalThis).mocha.setup({ ui: "bdd", reporter: undefined, timeout: 60_000 });
