// @ts-check

/** What somebody asked for cannot be done: what, where, and what to do. Ends the process with 2. */
export class BadInput extends Error {}

/** The end of a process by what was thrown. @param {unknown} thrown */
export function endWith(thrown) {
  if (!(thrown instanceof BadInput)) throw thrown;
  console.error(thrown.message);
  process.exitCode = 2;
}
