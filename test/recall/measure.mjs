// @ts-check
// What is reported in one project where its scopes are forgotten, in a process of its own: `node measure.mjs <task as JSON>`, the answer as JSON.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

import { relative } from "../support/announced.mjs";
import { sum } from "../support/figures.mjs";
import { BadInput, endWith } from "./bad-input.mjs";
import { forget } from "./forget.mjs";
import { linter } from "./lint.mjs";
import { Programs, importsOf, projectOf } from "./programs.mjs";
import { scopesIn } from "./sites.mjs";

/**
 * @typedef {import("./options.mjs").Config} Config
 * @typedef {{ folder: string, tsconfig: string, settings: Readonly<Record<string, unknown>>, configs: readonly Config[], isEach: boolean }} Task
 * @typedef {Partial<Record<Config, number>>} Counts
 * @typedef {{ file: string, line: number, name: string, callee: string, place: string, reported: Partial<Record<Config, string[]>> }} Asked
 * `reported` has the rules that speak there.
 * @typedef {{ files: number, imports: number, unresolved: number, loopHeads: number, fatal: string[], asItIs: Counts, asked: Asked[], ms: { asItIs: number, forgotten: number } }} Measured
 * @typedef {{ file: string, text: string, sites: import("./sites.mjs").Site[] }} Scoped
 */

try {
  console.log(JSON.stringify(measure(JSON.parse(process.argv[2] ?? "{}"))));
} catch (error) {
  endWith(error);
}

/** @param {Task} task @returns {Measured} */
function measure({ configs, folder, isEach, settings, tsconfig }) {
  const project = projectOf(tsconfig);
  const files = project.fileNames.filter((file) => !/\.d\.(?:[^.]+\.)?[cm]?ts$|\/node_modules\//u.test(file) && !relative(folder, file).startsWith("../"));
  if (files.length === 0) throw new BadInput(`${tsconfig} names no source below ${folder}; perhaps it only refers to other configurations. Name, with --tsconfig, one that includes the sources to measure.`);
  const lint = linter(configs, settings);
  const programs = new Programs(project);
  /** @type {Set<string>} */
  const fatal = new Set();
  const linted = (/** @type {import("typescript").Program} */ program, /** @type {string} */ file, /** @type {string} */ text) => {
    const found = lint(program, file, text);
    for (const each of found.fatal) fatal.add(`${relative(folder, file)}:${each}`);
    return found.findings;
  };

  const started = performance.now();
  const asItIs = programs.over(new Map());
  /** @type {Map<string, import("./lint.mjs").Finding[]>} */
  const before = new Map();
  /** @type {Scoped[]} */
  const scoped = [];
  let loopHeads = 0;
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    before.set(file, linted(asItIs, file, text));
    const found = scopes(text, file);
    if (found === null) continue;
    loopHeads += found.loopHeads;
    if (found.sites.length > 0) scoped.push({ file, text, sites: found.sites });
  }
  const imports = files.map((file) => importsOf(asItIs, file));
  const between = performance.now();

  const asked = (isEach ? oneByOne : allAtOnce)(scoped);
  return {
    files: files.length,
    imports: sum(imports.map(({ all }) => all)),
    unresolved: sum(imports.map(({ unresolved }) => unresolved)),
    loopHeads,
    fatal: [...fatal],
    asItIs: Object.fromEntries(configs.map((config) => [config, sum([...before.values()].map((findings) => findings.filter((each) => each.config === config).length))])),
    asked,
    ms: { asItIs: between - started, forgotten: performance.now() - between },
  };

  /** What cannot be parsed is told by the linter. @param {string} text @param {string} file */
  function scopes(text, file) {
    try {
      return scopesIn(text, file);
    } catch {
      return null;
    }
  }

  /** @param {readonly Scoped[]} all @returns {Asked[]} */
  function allAtOnce(all) {
    const texts = new Map(all.map(({ file, sites, text }) => [file, forget(text, sites)]));
    const program = programs.over(texts, asItIs);
    return all.flatMap(({ file, sites }) => answers(file, sites, linted(program, file, texts.get(file) ?? "")));
  }

  /** Each declaration on its own: a program for each, of which one file is new. @param {readonly Scoped[]} all @returns {Asked[]} */
  function oneByOne(all) {
    const total = sum(all.map(({ sites }) => new Set(sites.map(({ keyword: [start] }) => start)).size));
    let done = 0;
    return all.flatMap(({ file, sites, text }) => {
      const declarations = new Set(sites.map(({ keyword: [start] }) => start));
      return [...declarations].flatMap((start) => {
        const together = sites.filter(({ keyword }) => keyword[0] === start);
        const forgotten = forget(text, together);
        const findings = linted(programs.over(new Map([[file, forgotten]]), asItIs), file, forgotten);
        if (++done % 50 === 0) console.error(`  ${done} of ${total} in ${((performance.now() - between) / 1000).toFixed(0)} s`);
        return answers(file, together, findings);
      });
    });
  }

  /** What speaks at sites that did not speak there before. @param {string} file @param {readonly import("./sites.mjs").Site[]} sites @param {readonly import("./lint.mjs").Finding[]} findings @returns {Asked[]} */
  function answers(file, sites, findings) {
    const known = new Set((before.get(file) ?? []).map(keyOf));
    const fresh = findings.filter((finding) => !known.has(keyOf(finding)));
    return sites.map(({ callee, endLine, line, name, place }) => {
      const here = fresh.filter((finding) => finding.line <= endLine && line <= finding.endLine);
      const reported = Object.fromEntries(configs.map((config) => [config, [...new Set(here.filter((each) => each.config === config).map(({ rule }) => rule))]]));
      return { file: relative(folder, file), line, name, callee, place, reported };
    });
  }
}

/** @param {import("./lint.mjs").Finding} finding */
function keyOf({ config, line, message, rule }) {
  return [config, rule, line, message].join("|");
}
