// What the helper promises. Compiled in several ways and run by `claimant.mjs`: `await using` is no syntax of Node 20.
import { log, type Claims } from "./claim.js";
import { concurrency } from "./concurrency.js";
import { callbacks, managers } from "./managers.js";
import { timeouts } from "./timeouts.js";

/** All claims; a claim finds an empty log. */
export const claims: Claims = Object.fromEntries(
  Object.entries({ ...managers, ...callbacks, ...timeouts, ...concurrency }).map(([claim, test]) => [
    claim,
    async () => {
      log.length = 0;
      await test();
    },
  ]),
);
