import type { Linter } from "eslint";

import plugin from "eslint-plugin-await-using";

import type { Chosen, Preferences, WorkspaceAnswer } from "./messages.js";

/**
 * The severities of a file's rules: those of the workspace's own ESLint
 * configuration where it turns our rules on, else the bundled ones.
 */
export function choose(answer: WorkspaceAnswer, preferences: Preferences): Chosen {
  switch (answer.is) {
    case "config": {
      const { file, pluginVersion, ...config } = answer.config;
      return { ...config, source: { from: "workspace", file }, pluginFrom: pluginVersion === plugin.meta.version ? null : file, problem: null };
    }
    case "failed":
      return { ...bundled(preferences, `${answer.file} could not be loaded`), problem: `${answer.file} could not be loaded: ${answer.because}` };
    case "ignored":
      return { ...bundled(preferences, ""), rules: {}, source: { from: "nothing", because: `${answer.file} ignores it` } };
    case "none":
    case "unasked":
      return bundled(preferences, answer.because);
  }
}

function bundled({ config, rules: severities }: Preferences, because: string): Chosen {
  const rules: Linter.RulesRecord = { ...(plugin.configs[config].rules as Linter.RulesRecord) };
  for (const [name, severity] of Object.entries(severities)) {
    const id = `await-using/${name}`;
    if (!(name in plugin.rules)) continue;
    const [, ...options] = [rules[id] ?? "off"].flat() as [unknown, ...unknown[]];
    rules[id] = [severity, ...options] as Linter.RuleEntry;
  }
  return { source: { from: "bundled", name: config, because }, namespace: "await-using", pluginFrom: null, rules, settings: {}, noInlineConfig: false, suppressed: {}, untyped: null, problem: null };
}
