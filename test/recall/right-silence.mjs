// @ts-check
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { BadInput } from "./bad-input.mjs";

/**
 * Where nothing need be reported though a scope was forgotten, since something else ends the resource: all variables of a
 * project that get theirs from one of `callees` (in `file`, declared as `place`, where these are given). `shownBy` is the place
 * that shows it: a file of the project, and words that stand in it.
 *
 * @typedef {{ project: string, callees: readonly string[], file?: string, place?: string, shownBy: { file: string, text: string }, reason: string }} Entry
 * @typedef {import("./measure.mjs").Asked} Asked
 */

const ours = path.join(import.meta.dirname, "right-silence.json");

/** @param {string | null} file the project's own list, where there is none @returns {Entry[]} */
export function rightSilence(file) {
  const from = file ?? ours;
  if (!existsSync(from)) throw new BadInput(`--right-silence: there is no ${from}. Name a file like test/recall/right-silence.json.`);
  const entries = parsed(from);
  const wrong = Array.isArray(entries) ? entries.flatMap(complaintsOn) : ["not a list"];
  if (wrong.length > 0) throw new BadInput(`${from} is not as it should be:\n${wrong.join("\n")}\nAn entry has project, callees, shownBy (file, text) and reason, and may have file and place.`);
  return entries;
}

/** @param {string} file */
function parsed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BadInput(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {Entry} entry @param {number} index */
function complaintsOn({ callees, file, place, project, reason, shownBy }, index) {
  const isText = (/** @type {unknown} */ each) => typeof each === "string" && each.trim() !== "";
  const isRight = Array.isArray(callees) && callees.length > 0 && [...callees, project, reason, shownBy?.file, shownBy?.text].every(isText) && [file, place].every((each) => each === undefined || isText(each));
  return isRight ? [] : [`entry ${index + 1}: something is missing or no text`];
}

/** The entry that says why silence is right. @param {readonly Entry[]} entries those of the project @param {Asked} asked */
export function entryFor(entries, asked) {
  return entries.find(({ callees, file = asked.file, place = asked.place }) => callees.includes(asked.callee) && file === asked.file && place === asked.place) ?? null;
}

/**
 * Entries that are no longer so: nothing is declared like that, or what showed it does not stand there.
 *
 * @param {readonly Entry[]} entries those of the project
 * @param {readonly Asked[]} asked
 * @param {string} folder
 */
export function outdated(entries, asked, folder) {
  return entries.flatMap((entry) => {
    const { callees, file, shownBy } = entry;
    const unused = callees.filter((callee) => !asked.some((each) => each.callee === callee && entryFor([entry], each) !== null));
    const shown = path.join(folder, shownBy.file);
    const isShown = existsSync(shown) && readFileSync(shown, "utf8").includes(shownBy.text);
    return [
      ...unused.map((callee) => `nothing is declared with ${callee}${file === undefined ? "" : ` in ${file}`}`),
      ...(isShown ? [] : [`${shownBy.file} does not say: ${shownBy.text}`]),
    ];
  });
}
