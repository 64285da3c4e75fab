import { open } from "node:fs/promises";

/** @param {{ text: string }} props */
export function Entry({ text }) {
  return <p onClick={() => append(text)}>{text}</p>;
}

/** @param {string} text */
async function append(text) {
  const log = await open("log", "a"); // ✗ require-using: log, FileHandle, open(), await using
  await log.write(text);
}
