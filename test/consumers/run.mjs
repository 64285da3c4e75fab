// @ts-check
// What `npm run package` makes, in projects like its users': the plugin installed from its tarball and run by the
// project's own ESLint, and the server installed where there is nothing else.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { announcedIn, differences } from "../support/announced.mjs";
import { check, conclude, failing } from "../support/checks.mjs";
import { eslint, node, run } from "../support/eslint.mjs";
import { npmInstall } from "../support/install.mjs";
import { root, temporary, writeJson } from "../support/stage.mjs";
import { findingsOfServer } from "./server.mjs";

const fixtures = import.meta.dirname;
const plugin = path.join(root, "eslint-plugin");
const scratch = temporary("consumers");
const typescript7 = { typescript: "npm:@typescript/typescript6@6.0.2", "@typescript/native": "npm:typescript@7.0.2" };

/** What the projects have installed beside the tarball; those with the same dependencies share one installation. */
const installations = {
  "eslint-9.38": { eslint: "9.38.0", typescript: "6.0.3", "typescript-eslint": "8.73.0", "@types/node": "24.19.2" },
  "eslint-10": { eslint: "10.15.0", typescript: "6.0.3", "typescript-eslint": "8.73.0", "@types/node": "24.19.2" },
  "typescript-7": { eslint: "10.15.0", ...typescript7, "typescript-eslint": "8.73.0", "@types/node": "24.19.2" },
};
/** @typedef {keyof typeof installations} Installation */
/** @type {readonly Installation[]} */
const both = ["eslint-9.38", "eslint-10"];

const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const tarball = path.join(root, "artifacts", `eslint-plugin-await-using-${version}.tgz`);
const serverTarball = path.join(root, "artifacts", `await-using-language-server-${version}.tgz`);

await check("npm run package", async () => failing(await node([path.join(root, "tools/package.mjs")], { cwd: root })));
for (const [name, dependencies] of Object.entries(installations)) {
  const folder = path.join(scratch, name);
  mkdirSync(folder);
  writeJson(path.join(folder, "package.json"), { name: "consumer", private: true, devDependencies: { ...dependencies, "eslint-plugin-await-using": `file:${tarball}` } });
}
await check("the package packs what its users need", contents);
await check("publint --strict", async () => failing(await node([bin("publint"), "run", tarball, "--strict"], { cwd: scratch })));
await check("attw --profile esm-only", async () => failing(await node([bin("@arethetypeswrong/cli"), tarball, "--profile", "esm-only"], { cwd: scratch })));

for (const name of /** @type {Installation[]} */ (Object.keys(installations))) {
  const installed = await check(`${name}: npm install`, async () => failing(await npmInstall(path.join(scratch, name))));
  if (!installed) continue;
  if (both.includes(name)) {
    await check(`${name}: ESM configuration, defineConfig with extends, projectService`, () => findings(name, "esm"));
    await check(`${name}: CommonJS configuration, strict`, () => findings(name, "cjs"));
    await check(`${name}: project: true, config object`, () => findings(name, "project"));
    await check(`${name}: JSX and TSX`, () => findings(name, "jsx"));
    await check(`${name}: JavaScript only, untyped, ESLint's own parser`, () => findings(name, "javascript"));
    await check(`${name}: types of the plugin in defineConfig`, () => compiles(name, "config-types"));
    await check(`${name}: typed rules without types say how to turn them on`, () => refuses(name, "no-types", ["await-using/", "requires type information", "tseslint.com/typed-linting"]));
    await check(`${name}: an unknown setting is an error that names it`, () => refuses(name, "bad-setting", ['"releaseMethod"', "releaseMethods"]));
    await check(`${name}: an unknown option is an error that names it`, () => refuses(name, "bad-option", ["await-using/no-sync-using", '"bothSymbols"']));
  } else {
    await check(`${name}: tsc stays version 7`, () => stays7(name));
    await check(`${name}: typed rules through the documented aliases`, () => findings(name, "esm"));
    await check(`${name}: types of the plugin in defineConfig, checked by version 7`, () => compiles(name, "config-types"));
  }
}
const editor = path.join(scratch, "editor");
mkdirSync(editor);
writeJson(path.join(editor, "package.json"), { name: "editor", private: true, devDependencies: { "await-using-language-server": `file:${serverTarball}` } });
if (await check("server: npm install, with nothing beside it", async () => [...failing(await npmInstall(editor)), ...alone(editor)])) {
  await check("server: answers an editor, and finds what the file announces", () => answers(editor));
}
conclude();

async function contents() {
  const { stdout } = await run("tar", ["-tzf", tarball], { cwd: scratch });
  const files = stdout.split("\n").filter((file) => file !== "").map((file) => file.replace(/^package\//u, ""));
  const rules = readdirSync(path.join(plugin, "docs", "rules"));
  const needed = ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts", ...rules.map((rule) => `docs/rules/${rule}`)];
  const allowed = /^(?:LICENSE|README\.md|package\.json|dist\/.+\.(?:d\.ts|js)|docs\/rules\/.+\.md)$/u;
  return [...needed.filter((file) => !files.includes(file)).map((file) => `missing: ${file}`), ...files.filter((file) => !allowed.test(file)).map((file) => `unexpected: ${file}`)];
}

/** A consumer's folder in an installation. @param {Installation} installation @param {string} consumer */
function placed(installation, consumer) {
  const folder = path.join(scratch, installation, consumer);
  if (!existsSync(folder)) cpSync(path.join(fixtures, consumer), folder, { recursive: true });
  return folder;
}

/** @param {Installation} installation @param {string} consumer */
async function findings(installation, consumer) {
  const folder = placed(installation, consumer);
  const { findings: found } = await eslint(folder, ["."], { installedIn: path.join(scratch, installation) });
  const announced = announcedIn(folder);
  return announced.length === 0 ? ["the consumer announces nothing"] : differences(announced, found);
}

/** @param {Installation} installation @param {string} consumer */
async function compiles(installation, consumer) {
  const cwd = placed(installation, consumer);
  return failing(await run(tsc(installation), ["-p", "."], { cwd }));
}

/** ESLint ends with a configuration error that says all of this. @param {Installation} installation @param {string} consumer @param {readonly string[]} words */
async function refuses(installation, consumer, words) {
  const cwd = placed(installation, consumer);
  const { status, stderr, stdout } = await node([path.join("..", "node_modules", "eslint", "bin", "eslint.js"), "."], { cwd });
  const missing = words.filter((word) => !stderr.includes(word));
  return status === 2 && missing.length === 0 ? [] : [`status ${status}, not said: ${missing.join(" and ") || "nothing"}`, stderr, stdout];
}

/** @param {Installation} installation */
async function stays7(installation) {
  const { stdout } = await run(tsc(installation), ["--version"], { cwd: scratch });
  return stdout.startsWith("Version 7.") ? [] : [`tsc says ${stdout}`];
}

/** What an installation of the server has beside it. @param {string} folder */
function alone(folder) {
  const installed = readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  return installed.filter((name) => name !== "await-using-language-server").map((name) => `needs ${name}`);
}

/** @param {string} folder */
async function answers(folder) {
  cpSync(path.join(fixtures, "editor"), folder, { recursive: true });
  const { findings: found, server, status, stderr } = await findingsOfServer(folder, "src/main.ts");
  const wrong = differences(announcedIn(folder), found);
  if (server?.name !== "await-using-language-server" || server.version !== version) wrong.push(`says that it is ${JSON.stringify(server)}`);
  if (status !== 0 || stderr !== "") wrong.push(`status ${status}`, stderr);
  return wrong;
}

/** What `npx tsc` is in an installation. @param {Installation} installation */
function tsc(installation) {
  return path.join(scratch, installation, "node_modules", ".bin", "tsc");
}

/** The program of a package of this repository. @param {string} name */
function bin(name) {
  const folder = path.join(root, "node_modules", name);
  const { bin: programs } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof programs === "string" ? programs : /** @type {string} */ (Object.values(programs)[0]));
}
