// @ts-check
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The repository's root. */
export const root = path.join(import.meta.dirname, "../..");

/**
 * Copies a project, so that it may be edited; the copy finds the repository's `node_modules` unless it has its own.
 *
 * @param {Pick<import("./launches.mjs").Launch, "open" | "prepare"> & { project: string }} what the folder, from the
 *   repository's root, what in it is to be opened, and what is done to the copy
 * @param {string} into an existing folder
 * @returns {Promise<{ open: string, env: Record<string, string> }>} what to open, and what the preparation gave
 */
export async function stageProject({ project, open = "", prepare }, into) {
  const copy = path.join(into, path.basename(project));
  cpSync(path.resolve(root, project), copy, { recursive: true });
  // As in the repository; and no package.json further up is taken for the project's.
  writeFileSync(path.join(into, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const modules = path.join(into, "node_modules");
  symlinkSync(path.join(root, "node_modules"), modules, "junction");
  const env = (await prepare?.(copy)) ?? {};
  return { open: path.join(copy, open), env };
}
