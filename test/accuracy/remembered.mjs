// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { root, writeJson } from "../support/stage.mjs";
import { commonOptions, installOf } from "./packages.mjs";
import { digestOf } from "./places.mjs";

const folder = path.join(root, ".cache", "accuracy", "results");

/**
 * What was found in a package, linted again only where the plugin, this
 * measurement or what is installed has changed.
 *
 * @param {import("./packages.mjs").Package} wanted
 * @param {() => Promise<import("./lint.mjs").Linted>} lint
 * @returns {Promise<import("./lint.mjs").Linted>}
 */
export async function remembered(wanted, lint) {
  const file = path.join(folder, `${wanted.name.replace("/", "__")}.json`);
  const of = digestOf(JSON.stringify([wanted, commonOptions]), ...inputs, lockOf(wanted));
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  if (known?.of === of) return known.linted;
  const linted = await lint();
  mkdirSync(folder, { recursive: true });
  writeJson(file, { of, linted });
  return linted;
}

const plugin = path.join(root, "eslint-plugin", "dist");
const inputs = [
  ...readdirSync(plugin, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js")).sort().map((file) => path.join(plugin, file)),
  ...["lint.mjs", "places.mjs"].map((file) => path.join(import.meta.dirname, file)),
].map((file) => readFileSync(file, "utf8"));

/** @param {import("./packages.mjs").Package} wanted */
function lockOf(wanted) {
  return readFileSync(path.join(import.meta.dirname, installOf(wanted), "package-lock.json"), "utf8");
}
