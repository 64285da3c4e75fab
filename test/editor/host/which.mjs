// @ts-check
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The first of these programs that is on PATH. @param {string[]} names */
export function onPath(...names) {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
