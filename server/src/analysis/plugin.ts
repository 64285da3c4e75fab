import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import bundled from "eslint-plugin-await-using";

import { messageOf } from "../failure.js";

/** The plugin whose rules are run. */
export interface Loaded {
  readonly plugin: object;
  /** Why it is not the one that the configuration means. */
  readonly problem: string | null;
}

const ours: Loaded = { plugin: bundled, problem: null };
const loaded = new Map<string, Promise<Loaded>>();

/**
 * The plugin whose rules are run: the workspace's own where its version is not
 * ours, so that the editor says what CI says.
 *
 * @param configFile the configuration file that uses it; `null` for ours
 */
export function pluginFor(configFile: string | null): Promise<Loaded> {
  if (configFile === null) return Promise.resolve(ours);
  const known = loaded.get(configFile) ?? load(configFile);
  loaded.set(configFile, known);
  return known;
}

async function load(configFile: string): Promise<Loaded> {
  try {
    const file = createRequire(configFile).resolve("eslint-plugin-await-using");
    const { default: plugin } = (await import(pathToFileURL(file).href)) as { default: object };
    return { plugin, problem: null };
  } catch (error) {
    // It is a dependency of a shared configuration, where we cannot reach it: our version is better than none.
    const [reason] = messageOf(error).split("\n");
    return { plugin: bundled, problem: `The rules of version ${bundled.meta.version} run here: the plugin that ${configFile} uses has another version and cannot be loaded from there (${reason ?? ""}).` };
  }
}
