import bundled from "eslint-plugin-await-using";

import type { RuleText } from "./messages.js";

/** What each of the bundled rules says of itself. */
export function ruleTexts(): readonly RuleText[] {
  return Object.entries(bundled.rules).map(([name, { meta }]) => ({ name, description: meta?.docs?.description ?? "", url: meta?.docs?.url ?? null }));
}
