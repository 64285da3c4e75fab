import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Linter } from "eslint";

import { messageOf } from "../failure.js";
import type { WorkspaceAnswer, WorkspaceConfig } from "./messages.js";
import { suppressedBy, suppressionsFor } from "./suppressions.js";

interface ESLintClass {
  new (options: object): { calculateConfigForFile(file: string): Promise<EffectiveConfig | undefined>; lintText(text: string, options: object): Promise<readonly { readonly messages: readonly { readonly message: string }[] }[]> };
}

interface EffectiveConfig {
  readonly rules?: Record<string, readonly [number, ...unknown[]]>;
  readonly plugins?: Record<string, { readonly meta?: { readonly name?: string; readonly version?: string } }>;
  readonly settings?: Record<string, unknown>;
  readonly languageOptions?: Linter.LanguageOptions;
  readonly linterOptions?: { readonly noInlineConfig?: boolean };
}

const names = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((extension) => `eslint.config.${extension}`);

/**
 * The ESLint configuration file that holds for a file: the nearest one above it.
 * As ESLint does, the search goes on above the folder that is opened, which may be one of many in a repository.
 */
export function configFileFor(fileName: string): string | null {
  for (let folder = path.dirname(fileName); ; folder = path.dirname(folder)) {
    const found = names.map((name) => path.join(folder, name)).find((name) => existsSync(name));
    if (found !== undefined) return found;
    if (folder === path.dirname(folder)) return null;
  }
}

/** Reads configurations by the workspace's own ESLint, one instance for each configuration file. */
export function workspaceConfigs(): (fileName: string, file: string) => Promise<WorkspaceAnswer> {
  const instances = new Map<string, InstanceType<ESLintClass> | string>();

  return async (fileName, file) => {
    const eslint = instances.get(file) ?? load(file);
    instances.set(file, eslint);
    if (typeof eslint === "string") return { is: "none", because: eslint };
    try {
      const config = await eslint.calculateConfigForFile(fileName);
      if (config !== undefined) return withSuppressions(ourPartOf(config, file), fileName);
      // Ignored, or of a kind that the configuration does not mention: only the warning tells.
      const [warned] = await eslint.lintText("", { filePath: fileName, warnIgnored: true });
      return warned?.messages[0]?.message.includes("no matching configuration") === true ? { is: "none", because: `${file} says nothing about such files` } : { is: "ignored", file };
    } catch (error) {
      return { is: "failed", file, because: messageOf(error) };
    }
  };
}

function load(configFile: string): InstanceType<ESLintClass> | string {
  try {
    const { ESLint } = createRequire(configFile)("eslint") as { ESLint: ESLintClass };
    return new ESLint({ cwd: path.dirname(configFile), overrideConfigFile: configFile });
  } catch (error) {
    const [reason = ""] = messageOf(error).split("\n");
    return `the ESLint of ${configFile} could not be loaded (${reason})`;
  }
}

function withSuppressions(answer: WorkspaceAnswer, fileName: string): WorkspaceAnswer {
  const file = answer.is === "config" ? suppressionsFor(fileName) : null;
  if (answer.is !== "config" || file === null) return answer;
  try {
    return { is: "config", config: { ...answer.config, suppressed: suppressedBy(file, fileName) } };
  } catch (error) {
    return { is: "failed", file, because: messageOf(error) };
  }
}

function ourPartOf({ languageOptions = {}, linterOptions, plugins = {}, rules = {}, settings = {} }: EffectiveConfig, file: string): WorkspaceAnswer {
  const found = Object.entries(plugins).find(([namespace, plugin]) => namespace === "await-using" || plugin.meta?.name === "eslint-plugin-await-using");
  if (found === undefined) return { is: "none", because: `${file} does not use eslint-plugin-await-using for it` };
  const [namespace, plugin] = found;
  const ours = Object.entries(rules).filter(([name, [severity]]) => name.startsWith(`${namespace}/`) && severity !== 0);
  if (ours.length === 0) return { is: "none", because: `${file} turns none of our rules on for it` };
  return {
    is: "config",
    config: {
      file,
      namespace,
      pluginVersion: plugin.meta?.version ?? null,
      rules: Object.fromEntries(ours) as unknown as Linter.RulesRecord,
      settings: "await-using" in settings ? { "await-using": settings["await-using"] } : {},
      untyped: untypedPartOf(languageOptions),
      noInlineConfig: linterOptions?.noInlineConfig === true,
      suppressed: {},
    },
  };
}

interface Parsing extends Linter.LanguageOptions {
  readonly parser?: Linter.Parser;
  readonly parserOptions?: { readonly ecmaFeatures?: object; readonly project?: unknown; readonly projectService?: unknown; readonly programs?: unknown };
}

function untypedPartOf(options: Linter.LanguageOptions): WorkspaceConfig["untyped"] {
  const { ecmaVersion, parser, parserOptions = {}, sourceType } = options as Parsing;
  const { ecmaFeatures, programs, project, projectService } = parserOptions;
  if ([programs, project, projectService].some((asked) => asked != null && asked !== false)) return null;
  const name = parser?.meta?.name ?? (parser === undefined ? "espree" : "another parser");
  return {
    parser: name === "espree" ? "espree" : "typescript",
    options: {
      ...(ecmaVersion === undefined ? {} : { ecmaVersion }),
      ...(sourceType === undefined ? {} : { sourceType }),
      parserOptions: ecmaFeatures === undefined ? {} : { ecmaFeatures },
    },
  };
}
