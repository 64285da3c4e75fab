// @ts-check
import { cpSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

import { root, temporary, writeJson } from "../support/stage.mjs";

/**
 * A project of the plugin's corpus (tests/silent and tests/leaks), copied.
 *
 * @param {number} count how often
 * @returns {string} its folder
 */
export function stageCorpus(count) {
  const folder = path.join(temporary("bench"), "corpus");
  const tests = path.join(root, "eslint-plugin", "tests");
  const scripts = ["leaks", "silent"].flatMap((corpus) => readdirSync(path.join(tests, corpus), { recursive: true }).map((name) => path.join(corpus, String(name)))).filter((name) => /\.tsx?$/u.test(name) && readFileSync(path.join(tests, name), "utf8").startsWith("#!"));
  for (let copy = 1; copy <= count; copy++) {
    for (const corpus of ["silent", "leaks"]) cpSync(path.join(tests, corpus), path.join(folder, `copy-${copy}`, corpus), { recursive: true });
    // ESLint gives the parser another first line than the file has, and TypeScript makes a new program for each: the only cost that is not linear, with any typed rule.
    if (copy > 1) for (const name of scripts) writeFileSync(path.join(folder, `copy-${copy}`, name), readFileSync(path.join(tests, name), "utf8").replace(/^#!.*/u, ""));
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  writeJson(path.join(folder, "package.json"), { name: "corpus", private: true, type: "module" });
  const { compilerOptions } = JSON.parse(readFileSync(path.join(tests, "corpus.tsconfig.json"), "utf8"));
  writeJson(path.join(folder, "tsconfig.json"), { compilerOptions, include: readdirSync(folder).filter((name) => name.startsWith("copy-")) });
  return folder;
}
