// @ts-check
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/**
 * Reads the part of VS Code's command line that tests use.
 *
 * @param {readonly string[]} args
 */
export function parseArguments(args) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: {
      version: { type: "boolean" },
      extensionDevelopmentPath: { type: "string", multiple: true, default: [] },
      extensionTestsPath: { type: "string" },
      "user-data-dir": { type: "string" },
      "extensions-dir": { type: "string" },
      "install-extension": { type: "string", multiple: true, default: [] },
      "uninstall-extension": { type: "string", multiple: true, default: [] },
      "list-extensions": { type: "boolean" },
    },
  });
  const one = (/** @type {"extensionTestsPath" | "user-data-dir" | "extensions-dir"} */ name) => (typeof values[name] === "string" ? asPath(values[name]) : undefined);
  const many = (/** @type {"extensionDevelopmentPath" | "install-extension" | "uninstall-extension"} */ name) => (values[name] ?? []).filter((value) => typeof value === "string");
  const targets = positionals.map(asPath);
  const workspace = targets.find(isWorkspace);
  return {
    version: values.version === true,
    extensions: many("extensionDevelopmentPath").map(asPath),
    tests: one("extensionTestsPath"),
    user: one("user-data-dir"),
    installed: one("extensions-dir"),
    management: [
      ...many("install-extension").flatMap((name) => ["--install-extension", name.endsWith(".vsix") ? asPath(name) : name]),
      ...many("uninstall-extension").flatMap((name) => ["--uninstall-extension", name]),
      ...(values["list-extensions"] === true ? ["--list-extensions"] : []),
    ],
    workspace,
    file: targets.find((target) => target !== workspace),
  };
}

/** @param {string} value */
const asPath = (value) => path.resolve(value.startsWith("file:") ? fileURLToPath(value) : value);

/** @param {string} file */
const isWorkspace = (file) => file.endsWith(".code-workspace") || (existsSync(file) && statSync(file).isDirectory());
