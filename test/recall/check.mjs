// @ts-check
// Whether `npm run recall` finds, counts and refuses what it should, on a checkout of three files: cheap, so part of `npm test`.
import { readFileSync } from "node:fs";
import path from "node:path";

import { check, conclude } from "../support/checks.mjs";
import { node } from "../support/eslint.mjs";
import { root, temporary } from "../support/stage.mjs";
import { forget } from "./forget.mjs";
import { scopesIn } from "./sites.mjs";

const fixtures = path.join(root, "test", "fixtures", "recall");
const checkout = path.join(fixtures, "checkout");
const scratch = temporary("recall");
const silence = ["--right-silence", path.join(fixtures, "right-silence.json")];

/** @param {readonly string[]} args */
function recall(...args) {
  return node([path.join(import.meta.dirname, "run.mjs"), ...args], { cwd: root });
}

/** What of some lines a text does not have. @param {string} text @param {readonly string[]} lines */
function lacking(text, ...lines) {
  return lines.filter((line) => !text.includes(line)).map((line) => `not said: ${line}\nbut:\n${text}`);
}

/** @param {string} claim @param {readonly string[]} args @param {readonly string[]} words */
async function refuses(claim, args, ...words) {
  await check(claim, async () => {
    const { status, stderr } = await recall(...args);
    return [...(status === 2 && !/^\s+at /mu.test(stderr) ? [] : [`status ${status}: ${stderr}`]), ...lacking(stderr, ...words)];
  });
}

await check("declarations are found by syntax, and `const` takes no more room", async () => {
  const text = "// using a = b\nasync () => { await using a = (await new Pool().open!<1>(2)) as any, b = c ? d() : null, k = (l ?? m).n(); for (using e of f);\n  using g =\n    h\n      .i(); }";
  const { loopHeads, sites } = scopesIn(text, "a.ts");
  const told = sites.map(({ callee, endLine, line, name }) => `${name} ${callee} ${line}-${endLine}`).join(", ");
  const wanted = "a new Pool().open 2-2, b (a choice) 2-2, k (l ?? m).n 2-2, g h.i 3-5";
  const forgotten = forget(text, sites);
  return [...(told === wanted && loopHeads === 1 ? [] : [`${told}; ${loopHeads} heads`]), ...lacking(forgotten, "{ const       a =", "for (using e", "  const g =")];
});

await check("a checkout: what is reported, by what is called, and beside it the code as it is", async () => {
  const before = readFileSync(path.join(checkout, "src", "main.ts"), "utf8");
  const json = path.join(scratch, "recall.json");
  const { status, stderr, stdout } = await recall("--root", checkout, ...silence, "--json", json);
  const [{ asked = [] } = {}] = JSON.parse(readFileSync(json, "utf8"));
  const reasons = asked.map((/** @type {any} */ { rightSilence }) => rightSilence).join();
  return [
    ...(status === 0 ? [] : [`status ${status}: ${stderr}`]),
    ...lacking(stdout, "| checkout 1.0.0 | 2 | 3 | 1 | 1 | 50 % | 1 | 50 % | 1 | 1 |", "| `openConnection` | 1 | 1 | 1 |  |", "| `connections.at` | 1 | 0 | 0 | src/main.ts:17 |", "Left out: 1 in the heads of loops."),
    ...(stdout.includes("lentConnection") ? ["right silence is counted"] : []),
    ...(reasons === ",what it lends is ended by endAll," ? [] : [`reasons: ${reasons}`]),
    ...(before === readFileSync(path.join(checkout, "src", "main.ts"), "utf8") ? [] : ["the checkout was written to"]),
  ];
});

await check("one at a time, by one config", async () => {
  const { status, stderr, stdout } = await recall("--root", checkout, "--tsconfig", "tsconfig.json", "--each", "--config", "strict");
  return [...(status === 0 ? [] : [`status ${status}: ${stderr}`]), ...lacking(stdout, "| checkout 1.0.0 | 2 | 3 | 0 | 1 | 33 % | 1 |"), ...lacking(stderr, "3 forgotten one at a time")];
});

await check("right silence that is shown no more is told", async () => {
  const { status, stdout } = await recall("--root", path.join(fixtures, "checkout"), "--right-silence", path.join(fixtures, "outdated.json"));
  return [...(status === 1 ? [] : [`status ${status}`]), ...lacking(stdout, "nothing is declared with leave", "src/pool.ts does not say: lent.delete(connection);")];
});

await refuses("a folder that is not there", ["--root", path.join(scratch, "nowhere")], "there is no folder", "nowhere", "Name the root of a checkout");
await refuses("a configuration that is not there", ["--root", checkout, "--tsconfig", "tsconfig.src.json"], "tsconfig.src.json", "Name, from the root, a configuration");
await refuses("a configuration that only refers to others", ["--root", checkout, "--tsconfig", "tsconfig.solution.json"], "tsconfig.solution.json names no source", "it only refers to other configurations");
await refuses("code that declares none", ["--root", path.join(fixtures, "without")], "no `using` is declared");
await refuses("an unknown config", ["--config", "weak"], "--config takes recommended or strict, not weak");
await refuses("an unknown option", ["--all"], "'--all'", "npm run recall --");
await refuses("an unknown package", ["--package", "nobody"], "nobody is none", "test/accuracy/users.mjs");
await refuses("a package of a checkout", ["--root", checkout, "--package", "nobody"], "give one of the two");
await refuses("figures of a part to be written down", ["--write", "--each"], "--write puts the figures of all packages");
await refuses("a list of right silence that is none", ["--root", checkout, "--right-silence", path.join(checkout, "package.json")], "package.json is not as it should be", "not a list");

await check("the list of right silence is well-formed", async () => {
  const { rightSilence } = await import("./right-silence.mjs");
  rightSilence(null);
  return [];
});
conclude();
