// @ts-check
import { parseArgs } from "node:util";

import { BadInput } from "./bad-input.mjs";

/** @typedef {"recommended" | "strict"} Config */

/** @type {readonly Config[]} */
const all = ["recommended", "strict"];

export const usage = `npm run recall -- [--package NAME]… [--root FOLDER [--tsconfig FILE]] [--config recommended|strict] [--each] [--right-silence FILE] [--json FILE] [--write]`;

/**
 * What the command line asks for.
 *
 * @param {readonly string[]} args
 */
export function optionsOf(args) {
  const values = parsed(args);
  const { config, package: packages, root = null, tsconfig = null } = values;
  if (config !== undefined && !isConfig(config)) throw new BadInput(`--config takes ${all.join(" or ")}, not ${config}. Without it, both are measured.`);
  if (root !== null && packages.length > 0) throw new BadInput("--package names packages of the accuracy run, --root a checkout: give one of the two.");
  if (root === null && tsconfig !== null) throw new BadInput("--tsconfig says which files of a checkout are measured: name its folder with --root.");
  if (values.write && (root !== null || packages.length > 0 || config !== undefined || values.each)) throw new BadInput("--write puts the figures of all packages by both configs into docs/accuracy.md: give no --root, --package, --config or --each with it.");
  return {
    packages,
    checkout: root === null ? null : { root, tsconfig: tsconfig ?? "tsconfig.json" },
    configs: config === undefined ? all : [config],
    isEach: values.each,
    rightSilence: values["right-silence"] ?? null,
    json: values.json ?? null,
    write: values.write,
  };
}

/** @param {readonly string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: "string" },
        each: { type: "boolean", default: false },
        json: { type: "string" },
        package: { type: "string", multiple: true, default: [] },
        "right-silence": { type: "string" },
        root: { type: "string" },
        tsconfig: { type: "string" },
        write: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new BadInput(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** @param {string} name @returns {name is Config} */
function isConfig(name) {
  return all.some((config) => config === name);
}
