// @ts-check
// Reads the sources of the snippets: CONTRIBUTING.md says how they are written.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** Where the sources are. */
export const sources = path.join(import.meta.dirname, "../../snippets/src");

/**
 * What a person fills in: all occurrences of a name (`conn`), of a property's name (`.close`) or of a literal
 * (`"ping"`, `5_000`). What the source has is the first of the choices, if there are any.
 *
 * @typedef {{ readonly text: string, readonly choices: readonly string[] }} Hole
 */
/**
 * @typedef {{
 *   readonly name: string,
 *   readonly title: string,
 *   readonly description: string,
 *   readonly prefixes: readonly string[],
 *   readonly holes: readonly Hole[],
 *   readonly isFile: boolean,
 *   readonly text: string,
 * }} Source `text` is the whole file; `isFile` says that the snippet fills a file of its own
 */

/** All sources, in the order of their names. @returns {Source[]} */
export function readSources() {
  return readdirSync(sources, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".ts") && file !== "vocabulary.ts")
    .sort()
    .map((file) => readSource(file.replace(/\.ts$/u, ""), readFileSync(path.join(sources, file), "utf8").replaceAll("\r\n", "\n")));
}

/** One source. @param {string} name the file without its ending @param {string} text @returns {Source} */
export function readSource(name, text) {
  const [, header] = /^\/\*\*\n(?<header>.*?)\n \*\/\n/su.exec(text) ?? [];
  if (header === undefined) throw new Error(`${name}: a source begins with a comment that describes it`);
  const lines = header.split("\n").map((line) => line.replace(/^ \* ?/u, ""));
  const [title = "", , description = ""] = lines;
  const prefixes = tagged(lines, "prefix").flatMap((tag) => tag.split(",")).map((prefix) => prefix.trim());
  const holes = tagged(lines, "hole").map(holeOf);
  if (title === "" || description === "" || prefixes.length === 0) throw new Error(`${name}: a snippet has a title, a description and a prefix`);
  return { name, title, description, prefixes, holes, isFile: lines.includes("@file"), text };
}

/** @param {readonly string[]} lines @param {string} tag */
const tagged = (lines, tag) => lines.filter((line) => line.startsWith(`@${tag} `)).map((line) => line.slice(tag.length + 2));

/** @param {string} tag @returns {Hole} */
function holeOf(tag) {
  const [text = "", ...others] = tag.split("|").map((choice) => choice.trim());
  return { text, choices: others.length === 0 ? [] : [text, ...others] };
}

/**
 * The part of a source that becomes the snippet, not indented.
 *
 * @param {Pick<Source, "name" | "text">} source
 * @returns {string}
 */
export function regionOf({ name, text }) {
  const [, indent = "", code] = /^(?<indent> *)\/\/ #region snippet\n(?<code>.*?)^ *\/\/ #endregion$/msu.exec(text) ?? [];
  if (code === undefined) throw new Error(`${name}: nothing is between // #region snippet and // #endregion`);
  return code.split("\n").map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n").trimEnd();
}
