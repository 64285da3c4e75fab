// @ts-check
import { readdirSync } from "node:fs";
import path from "node:path";

import { run } from "./eslint.mjs";
import { root } from "./stage.mjs";

/** Packs the plugin as `npm publish` would, into an empty folder; says where the tarball is. @param {string} folder */
export async function packPlugin(folder) {
  const { status, stderr, stdout } = await run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], { cwd: path.join(root, "eslint-plugin") });
  const tarballs = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  if (status !== 0 || tarballs.length !== 1) throw new Error(`npm pack failed:\n${stderr}${stdout}`);
  return path.join(folder, tarballs[0] ?? "");
}

/** Installs what a folder's `package.json` names. @param {string} cwd */
export function npmInstall(cwd) {
  return run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd });
}
