// @ts-check
// `npm run version` on a copy of everything that carries a version.
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { check, conclude, failing } from "./support/checks.mjs";
import { node, run } from "./support/eslint.mjs";
import { root, temporary } from "./support/stage.mjs";

const copy = temporary("release");
const { version } = JSON.parse(read("eslint-plugin/package.json", root));
const [major = 0, minor = 0] = version.split(".").map(Number);
const next = `${major}.${minor + 1}.0`;
const carriers = ["package.json", "package-lock.json", "CHANGELOG.md", "docs/ci.md", "eslint-plugin/package.json", "eslint-plugin/src/index.ts", "server/package.json", "client/package.json"];

for (const file of [...carriers, ".changeset/config.json", "tools/version.mjs", "tools/changes.mjs"]) {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  cpSync(path.join(root, file), path.join(copy, file));
}
symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
await run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: copy });

await check("nothing is released without a change", async () => refused(await versions(), "Nothing to release"));
await check("a change without its kind is refused before anything is written", async () => {
  changeset("silent", "patch", "no-leak-on-path is silent");
  return [...refused(await versions("--check"), "silent.md"), ...refused(await versions(), "silent.md"), ...differing(carriers)];
});
await check("one change of the plugin gives all of it the next version", async () => {
  changeset("silent", "patch", "Fixed: `no-leak-on-path` is silent\nafter `process.exit()`.");
  changeset("rule", "minor", "Added: The rule `no-such`.");
  const ended = await versions();
  return [...failing(ended), ...carriers.filter((file) => !read(file).includes(next)).map((file) => `${file} lacks ${next}`)];
});
await check("the lock file is the one that npm would write", async () => {
  const before = read("package-lock.json");
  for (const name of ["eslint-plugin", "server", "client"]) mkdirSync(path.join(copy, name), { recursive: true });
  const ended = await run("npm", ["install", "--package-lock-only", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: copy });
  return [...failing(ended), ...(read("package-lock.json") === before ? [] : ["npm changes it"])];
});
await check("the changelog says what is new, in front of what was", async () => {
  const [head = "", rest = ""] = read("CHANGELOG.md", root).split(/^(?=## )/mu);
  const today = new Date().toISOString().slice(0, 10);
  const said = `${head}## ${next} (${today})\n\n### Added\n\n- The rule \`no-such\`.\n\n### Fixed\n\n- \`no-leak-on-path\` is silent\n  after \`process.exit()\`.\n\n${rest}`;
  return read("CHANGELOG.md").startsWith(said) ? [] : [read("CHANGELOG.md").slice(0, said.length)];
});
await check("then nothing is left to release, and the versions agree", async () => [...refused(await versions(), "Nothing to release"), ...failing(await versions("--check"))]);
for (const file of carriers) {
  await check(`${file} with the version before is noticed`, async () => {
    const kept = read(file);
    writeFileSync(path.join(copy, file), kept.replace(next, version));
    const ended = await versions("--check");
    writeFileSync(path.join(copy, file), kept);
    return refused(ended, version);
  });
}
conclude();

/** @param {string} file @param {string} [folder] */
function read(file, folder = copy) {
  return readFileSync(path.join(folder, file), "utf8");
}

/** @param {string} name @param {"minor" | "patch"} bump @param {string} text */
function changeset(name, bump, text) {
  writeFileSync(path.join(copy, ".changeset", `${name}.md`), `---\n"eslint-plugin-await-using": ${bump}\n---\n\n${text}\n`);
}

/** @param {...string} options */
function versions(...options) {
  return node([path.join(copy, "tools/version.mjs"), ...options], { cwd: copy });
}

/** What is wrong with a program that should have failed and said a word. @param {{ status: number | null, stdout: string, stderr: string }} ended @param {string} word */
function refused({ status, stderr, stdout }, word) {
  return status !== 0 && stderr.includes(word) ? [] : [`status ${status}, and not said: ${word}`, stdout, stderr];
}

/** @param {readonly string[]} files */
function differing(files) {
  return files.filter((file) => read(file) !== read(file, root)).map((file) => `${file} was written`);
}
