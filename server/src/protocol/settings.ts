import type { Preferences } from "../config/messages.js";

/** What the person has set in the editor. */
export interface Settings {
  readonly enable: boolean;
  readonly diagnostics: "auto" | "defer" | "own";
  readonly hints: "all" | "multiple" | "off";
  readonly hover: boolean;
  /** Milliseconds that checking one file may take. */
  readonly fileTimeBudget: number;
  /** The cap of the analysis worker's heap, in MiB. */
  readonly memory: number;
  readonly preferences: Preferences;
}

export const defaultSettings: Settings = {
  enable: true,
  diagnostics: "auto",
  hints: "multiple",
  hover: true,
  fileTimeBudget: 10_000,
  memory: 3072,
  preferences: { config: "recommended", useWorkspaceConfig: "auto", rules: {} },
};

/**
 * Reads the section `awaitUsing` of the client's settings. What is missing or of
 * a wrong type keeps its default, and is told.
 *
 * @param complain is given one sentence for each value that cannot be used
 */
export function readSettings(section: unknown, complain: (sentence: string) => void): Settings {
  const values = isObject(section) ? section : {};
  const hints = isObject(values["inlayHints"]) ? values["inlayHints"] : {};
  const hover = isObject(values["hover"]) ? values["hover"] : {};
  const wrong = (key: string, value: unknown, wanted: string): void => {
    complain(`awaitUsing.${key} is ${JSON.stringify(value)}; it must be ${wanted}.`);
  };
  const choice = <T extends string>(key: string, value: unknown, allowed: readonly T[], otherwise: T): T => {
    if (value == null) return otherwise;
    const found = allowed.find((each) => each === value);
    if (found === undefined) wrong(key, value, `one of ${allowed.map((each) => `"${each}"`).join(", ")}`);
    return found ?? otherwise;
  };
  const flag = (key: string, value: unknown): boolean => {
    if (typeof value === "boolean" || value == null) return value ?? true;
    wrong(key, value, "true or false");
    return true;
  };
  const amount = (key: string, value: unknown, least: number, otherwise: number): number => {
    if (value == null) return otherwise;
    if (typeof value === "number" && value >= least) return value;
    wrong(key, value, `a number of at least ${String(least)}`);
    return otherwise;
  };
  const { fileTimeBudget, memory, preferences } = defaultSettings;
  return {
    enable: flag("enable", values["enable"]),
    diagnostics: choice("diagnostics", values["diagnostics"], ["auto", "defer", "own"], "auto"),
    hints: choice("inlayHints.disposal", hints["disposal"], ["all", "multiple", "off"], "multiple"),
    hover: flag("hover.enable", hover["enable"]),
    fileTimeBudget: amount("fileTimeBudget", values["fileTimeBudget"], 100, fileTimeBudget),
    memory: amount("memory", values["memory"], 256, memory),
    preferences: {
      config: choice("config", values["config"], ["recommended", "strict"], preferences.config),
      useWorkspaceConfig: choice("useWorkspaceConfig", values["useWorkspaceConfig"], ["auto", "never"], preferences.useWorkspaceConfig),
      rules: severities(values["rules"], wrong),
    },
  };
}

function severities(value: unknown, wrong: (key: string, value: unknown, wanted: string) => void): Record<string, "error" | "off" | "warn"> {
  if (value == null) return {};
  if (!isObject(value)) {
    wrong("rules", value, 'an object such as { "no-leak-on-throw": "warn" }');
    return {};
  }
  const entries = Object.entries(value).flatMap(([name, severity]) => {
    if (severity === "error" || severity === "off" || severity === "warn") return [[name.replace(/^await-using\//u, ""), severity] as const];
    wrong(`rules["${name}"]`, severity, '"off", "warn" or "error"');
    return [];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
