// @ts-check
import { closeSync, openSync, readSync } from "node:fs";

/**
 * Copies what is appended to a file, until the function returned is called; that takes a last look.
 *
 * @param {string} file
 * @param {NodeJS.WritableStream} to
 */
export function follow(file, to) {
  const source = openSync(file, "r");
  const buffer = Buffer.alloc(65_536);
  const copy = () => {
    for (let length = readSync(source, buffer); length > 0; length = readSync(source, buffer)) to.write(Buffer.from(buffer.subarray(0, length)));
  };
  const timer = setInterval(copy, 100);
  return () => {
    clearInterval(timer);
    copy();
    closeSync(source);
  };
}
