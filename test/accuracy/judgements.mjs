// @ts-check
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/**
 * What a person concluded who read the code at a finding. `true`: a leak or a
 * misuse that its maintainer would accept. `arguable`: defensible either way.
 * `false`: wrong; `mended` where the engine has learned better, so that it must
 * not come back.
 *
 * @typedef {{ rule: string, file: string, place: string, digest: string, verdict: "arguable" | "false" | "true", mended?: true, reason: string }} Judgement
 * @typedef {import("./lint.mjs").Reported} Reported
 */

const folder = path.join(import.meta.dirname, "judgements");

/** The file that holds the judgements on a package. @param {string} name */
export function fileOf(name) {
  return path.join(folder, `${name.replace("@", "").replace("/", "__")}.json`);
}

/** @param {string} name @returns {readonly Judgement[]} */
export function judgementsOn(name) {
  return existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), "utf8")) : [];
}

/** What makes two findings, or a finding and a judgement, the same. @param {Pick<Judgement, "digest" | "file" | "rule">} place */
export function keyOf({ digest, file, rule }) {
  return [rule, file, digest].join("|");
}

/**
 * What is wrong with the judgements as they are written.
 *
 * @param {readonly string[]} names the packages that are linted
 * @returns {string[]} one complaint a line
 */
export function complaints(names) {
  const known = new Set(names.map((name) => path.basename(fileOf(name))));
  const strays = readdirSync(folder).filter((file) => !known.has(file)).map((file) => `${file}: no such package`);
  return [...strays, ...names.flatMap((name) => complaintsOn(name, judgementsOn(name)))];
}

/** @param {string} name @param {readonly Judgement[]} judgements @returns {string[]} */
export function complaintsOn(name, judgements) {
  const keys = judgements.map(keyOf);
  return judgements.flatMap((judgement, index) => {
    const { digest, file, mended, place, reason, rule, verdict } = judgement;
    const wrong = [
      [rule, file, place, digest, reason].every((text) => typeof text === "string" && text.trim() !== "") ? null : "rule, file, place, digest and reason are all needed",
      ["arguable", "false", "true"].includes(verdict) ? null : `no verdict: ${verdict}`,
      mended === undefined || (mended === true && verdict === "false") ? null : "only what was false can be mended",
      keys.indexOf(keyOf(judgement)) === index ? null : "judged twice",
    ];
    return wrong.filter((each) => each !== null).map((each) => `${name}: ${rule} in ${file}: ${each}`);
  });
}
