// @ts-check
// One launch of one editor: a fresh project, a fresh profile, the tests, what they counted, and whether all has ended.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundleForWeb } from "./bundle.mjs";
import { installPackage, runInEditor } from "./editors.mjs";
import { settingsDefaults } from "./host/defaults.mjs";
import { leftBy } from "./left.mjs";
import { root, stageProject } from "./project.mjs";

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {import("./host/versions.mjs").Version} version
 * @param {string} executable
 * @param {import("./launches.mjs").NamedLaunch} launch
 * @returns {Promise<Count>}
 */
export async function runLaunch(version, executable, launch) {
  const { env = {}, extensions = [], files, open, ours = "development", prepare, project, seconds = 600, trust = "granted", web = false } = launch;
  const temp = realpathSync(mkdtempSync(path.join(tmpdir(), "au-editor-")));
  const result = path.join(temp, "result.json");
  try {
    const staged = project === undefined ? null : await stageProject({ project, open, prepare }, temp);
    const run = {
      user: path.join(temp, "user"),
      installed: path.join(temp, "extensions"),
      open: staged === null ? [] : [staged.open],
      extensions: [ours === "development" ? root : extension("empty"), ...extensions.map(extension)],
      entry: web ? await bundleForWeb(files, path.join(temp, "tests.cjs")) : path.join(import.meta.dirname, "suite/index.cjs"),
      web: web ? result : null,
      trusted: trust === "granted",
      seconds,
      env: { ...env, ...staged?.env, EDITOR_SUITE: JSON.stringify(files), EDITOR_RESULT: result },
    };
    mkdirSync(path.join(run.user, "User"), { recursive: true });
    writeFileSync(path.join(run.user, "User/settings.json"), JSON.stringify(settingsDefaults));
    if (typeof ours === "object") await installPackage(version, executable, run, path.resolve(root, ours.vsix));
    const broken = await runInEditor(version, executable, run).then(() => undefined, String);
    const { failed, passed } = counted(result, broken);
    const left = await leftBy(`EDITOR_RESULT=${result}`);
    if (left.length > 0) console.log(`Still running after the editor's end, which counts as failed:\n${left.join("\n")}`);
    return { passed, failed: failed + left.length };
  } catch (error) {
    console.log(`could not run: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(temp, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} result @param {string | undefined} broken @returns {Count} */
function counted(result, broken) {
  if (!existsSync(result)) {
    console.log(`The tests did not come to their end: ${broken ?? "nothing was counted"}`);
    return { passed: 0, failed: 1 };
  }
  const { failed, passed, skipped } = JSON.parse(readFileSync(result, "utf8"));
  if (skipped > 0) console.log(`${skipped} skipped, which counts as failed`);
  if (passed + failed + skipped === 0) console.log("No test ran, which counts as failed");
  const unproven = passed + failed + skipped === 0 || (broken !== undefined && failed === 0) ? 1 : 0;
  return { passed, failed: failed + skipped + unproven };
}

/** @param {string} name */
const extension = (name) => path.join(import.meta.dirname, "extensions", name);
