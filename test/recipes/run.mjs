// @ts-check
// The recipes of docs/ci.md: each section is a project made of its fences, in which its commands are run.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { check, conclude, failing } from "../support/checks.mjs";
import { run } from "../support/eslint.mjs";
import { npmInstall, packPlugin } from "../support/install.mjs";
import { root, temporary, writeJson } from "../support/stage.mjs";
import { has, linesOf, sectionsOf } from "./page.mjs";

/** @typedef {import("./page.mjs").Step} Step */

const scratch = temporary("recipes");
const [project, ...recipes] = sectionsOf(readFileSync(path.join(root, "docs/ci.md"), "utf8"));
if (project === undefined || recipes.length === 0) throw new Error("docs/ci.md has no recipes");

/** The page as it stands, and its formatters in the oldest ESLint that the plugin takes. */
const runs = [
  { name: "the page's versions", versions: {}, recipes },
  { name: "ESLint 9.38", versions: { eslint: "9.38.0" }, recipes: recipes.filter(({ title }) => title.startsWith("GitHub")) },
];

/** What a person's machine says to the programs of the page, whatever ours says. */
const env = {
  DO_NOT_TRACK: "1",
  GIT_AUTHOR_EMAIL: "person@example.com",
  GIT_AUTHOR_NAME: "Person",
  GIT_COMMITTER_EMAIL: "person@example.com",
  GIT_COMMITTER_NAME: "Person",
  GIT_CONFIG_GLOBAL: path.join(scratch, "gitconfig"),
  GITHUB_ACTIONS: "",
  NO_COLOR: "1",
  NO_UPDATE_NOTIFIER: "1",
};

const only = process.argv.slice(2);
const tarball = await packPlugin(scratch);
for (const { name, recipes, versions } of runs) {
  const left = recipes.filter(({ title }) => only.length === 0 || only.some((word) => title.includes(word)));
  const folder = path.join(scratch, name.replaceAll(/\W+/gu, "-"));
  if (!(await check(`${name}: npm install`, async () => failing(await install(folder, versions))))) continue;
  const inTurn = async () => {
    for (let section = left.shift(); section !== undefined; section = left.shift()) {
      const { steps, title } = section;
      await check(`${name}: ${title}`, () => differences(steps, folder, path.join(folder, "projects", title.replaceAll(/\W+/gu, "-"))));
    }
  };
  await Promise.all([inTurn(), inTurn()]);
}
conclude();

/**
 * Makes the project that all recipes start from, and installs what it needs.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} versions instead of those of the page
 */
async function install(folder, versions) {
  for (const step of project?.steps ?? []) await perform(step, path.join(folder, "project"), "");
  const manifest = JSON.parse(readFileSync(path.join(folder, "project/package.json"), "utf8"));
  writeJson(path.join(folder, "package.json"), { ...manifest, devDependencies: { ...manifest.devDependencies, ...versions, "eslint-plugin-await-using": `file:${tarball}` } });
  return npmInstall(folder);
}

/**
 * Makes a section's project and runs it; gives what is not as the page says.
 *
 * @param {readonly Step[]} steps
 * @param {string} installation
 * @param {string} folder where the project goes
 */
async function differences(steps, installation, folder) {
  const commands = steps.flatMap((step) => (step.kind === "run" ? linesOf(step.text) : []));
  if (commands.length === 0) return ["no command is run"];
  cpSync(path.join(installation, "project"), folder, { recursive: true });
  linkInstalled(path.join(installation, "node_modules"), path.join(folder, "node_modules"));
  await run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder, env });
  let printed = "";
  /** @type {string[]} */
  const wrong = [];
  for (const step of steps) {
    const result = await perform(step, folder, printed);
    printed = result.printed;
    wrong.push(...result.wrong.map((each) => `docs/ci.md:${step.line}: ${each}`), ...notRun(step, commands));
  }
  return wrong;
}

/**
 * Writes a file, runs commands, or compares.
 *
 * @param {Step} step
 * @param {string} folder the section's project
 * @param {string} printed what the last commands have printed
 * @returns {Promise<{ printed: string, wrong: string[] }>}
 */
async function perform(step, folder, printed) {
  switch (step.kind) {
    case "file":
      write(path.join(folder, step.file), step.text);
      return { printed, wrong: [] };
    case "adds": {
      const file = path.join(folder, step.file);
      writeJson(file, { ...JSON.parse(readFileSync(file, "utf8")), ...JSON.parse(step.text) });
      return { printed, wrong: [] };
    }
    case "run": {
      linkWorkspaces(folder);
      const { status, stderr, stdout } = await run("sh", ["-e", "-c", step.text], { cwd: folder, env });
      const output = `${stdout}${stderr}`;
      return { printed: output, wrong: status === step.exits ? [] : [`exits ${status} and not ${step.exits}:\n${step.text}${output}`] };
    }
    case "prints":
      return { printed, wrong: linesOf(step.text).filter((line) => !has(printed, line)).map((line) => `not printed: ${line}\n${printed}`) };
    case "holds":
    case "lacks": {
      const text = readFileSync(path.join(folder, step.file), "utf8");
      return { printed, wrong: linesOf(step.text).filter((line) => has(text, line) !== (step.kind === "holds")).map((line) => `${step.file} ${step.kind === "holds" ? "lacks" : "has"} ${line}\n${text}`) };
    }
  }
}

/** The commands of a workflow that its section does not run: GitHub is not here. @param {Step} step @param {readonly string[]} commands */
function notRun(step, commands) {
  if (step.kind !== "file" || !step.file.endsWith(".yml")) return [];
  const theirs = [...step.text.matchAll(/^ +(?:- )?run: (?<command>.+)$/gmu)].map(({ groups }) => groups?.["command"] ?? "").filter((command) => command !== "npm ci");
  return theirs.filter((command) => !commands.includes(command)).map((command) => `docs/ci.md:${step.line}: not run: ${command}`);
}

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Gives a project what is installed. @param {string} from @param {string} to */
function linkInstalled(from, to) {
  mkdirSync(to);
  for (const name of readdirSync(from)) symlinkSync(path.join(from, name), path.join(to, name));
}

/** Links a project's workspaces, as `npm install` does. @param {string} folder */
function linkWorkspaces(folder) {
  const { workspaces = [] } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  for (const pattern of workspaces) {
    const parent = path.join(folder, pattern.replace(/\/\*$/u, ""));
    for (const name of readdirSync(parent)) {
      const { name: published } = JSON.parse(readFileSync(path.join(parent, name, "package.json"), "utf8"));
      const link = path.join(folder, "node_modules", published);
      if (existsSync(link)) continue;
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(parent, name), link);
    }
  }
}
