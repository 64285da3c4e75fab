// @ts-check
import { cpSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The repository's root. */
export const root = path.join(import.meta.dirname, "../..");

/**
 * Copies a project, so that it may be edited; the copy finds the repository's `node_modules` unless it has its own.
 *
 * @param {{ project: string, open?: string | undefined }} what the folder, from the repository's root, and what in it is to be opened
 * @param {string} into an existing folder
 * @returns {string} what to open
 */
export function stageProject({ project, open = "" }, into) {
  const copy = path.join(into, path.basename(project));
  cpSync(path.resolve(root, project), copy, { recursive: true });
  if (!existsSync(path.join(copy, "node_modules"))) symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
  // As in the repository; and no package.json further up is taken for the project's.
  writeFileSync(path.join(into, "package.json"), JSON.stringify({ private: true, type: "module" }));
  return path.join(copy, open);
}
