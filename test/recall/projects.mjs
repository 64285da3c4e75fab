// @ts-check
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { versionOf } from "../accuracy/packages.mjs";
import { sets } from "../accuracy/sets.mjs";
import { install, stage } from "../accuracy/stage.mjs";
import { users } from "../accuracy/users.mjs";
import { BadInput } from "./bad-input.mjs";

/** Code to measure on: files below `folder` that `tsconfig` names. @typedef {{ name: string, version: string, folder: string, tsconfig: string, settings: Readonly<Record<string, unknown>> }} Project */

/** The packages of the other sets in whose sources `using` is declared. */
const others = ["@dxos/client-services", "@dxos/echo-db", "@dxos/echo-pipeline", "@livekit/agents", "@trpc/server", "@zenfs/core", "piscina", "puppeteer-core"];

/**
 * Packages of the accuracy run, installed and staged as there; those that declare `using` unless others are named.
 *
 * @param {readonly string[]} names
 * @returns {Promise<Project[]>}
 */
export async function packagesNamed(names) {
  const all = Object.values(sets).flat();
  for (const name of names) if (!all.some((each) => each.name === name)) throw new BadInput(`--package takes a package of the accuracy run, and ${name} is none: test/accuracy/users.mjs, packages.mjs, drawn.mjs and tools.mjs list them.`);
  const chosen = names.length === 0 ? [...users.map(({ name }) => name), ...others] : names;
  const packages = all.filter(({ name }) => chosen.includes(name));
  await install(packages);
  return packages.map((wanted) => {
    const folder = stage(wanted);
    return { name: wanted.name, version: versionOf(wanted.name), folder, tsconfig: path.join(folder, "tsconfig.json"), settings: wanted.settings ?? {} };
  });
}

/**
 * A checkout as it lies there; nothing is written to it.
 *
 * @param {{ root: string, tsconfig: string }} checkout the configuration from the root
 * @returns {Project}
 */
export function checkoutAt({ root, tsconfig }) {
  const folder = path.resolve(root);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new BadInput(`--root: there is no folder ${folder}. Name the root of a checkout.`);
  const configuration = path.resolve(folder, tsconfig);
  if (!existsSync(configuration)) throw new BadInput(`--tsconfig: there is no ${configuration}. Name, from the root, a configuration that includes the sources to measure.`);
  const manifest = path.join(folder, "package.json");
  /** @type {{ name?: string, version?: string }} */
  const { name = path.basename(folder), version = "" } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
  return { name, version, folder, tsconfig: configuration, settings: {} };
}
