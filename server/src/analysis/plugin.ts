import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import bundled from "eslint-plugin-await-using";

const loaded = new Map<string, Promise<object>>();

/**
 * The plugin whose rules are run: the workspace's own where its version is not
 * ours, so that the editor says what CI says.
 *
 * @param configFile the configuration file that uses it; `null` for ours
 */
export function pluginFor(configFile: string | null): Promise<object> {
  if (configFile === null) return Promise.resolve(bundled);
  const known = loaded.get(configFile) ?? load(configFile);
  loaded.set(configFile, known);
  return known;
}

async function load(configFile: string): Promise<object> {
  try {
    const file = createRequire(configFile).resolve("eslint-plugin-await-using");
    const { default: plugin } = (await import(pathToFileURL(file).href)) as { default: object };
    return plugin;
  } catch {
    // It is a dependency of a shared configuration, where we cannot reach it: our version is better than none.
    return bundled;
  }
}
