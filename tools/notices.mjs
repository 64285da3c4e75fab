// @ts-check
// Licenses of the packages inside the bundles.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");

/** @typedef {{ name: string, version: string, license: string, text: string }} Notice */

/**
 * The text that goes with the extension.
 *
 * @param {Iterable<string>} inputs the source files inside the bundles, from the repository's root
 */
export function thirdPartyNotices(inputs) {
  const folders = new Set([...inputs].flatMap((input) => packageOf(input) ?? []));
  const notices = [...folders].map(noticeOf).sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  const parts = notices.map(({ name, version, license, text }) => `${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n\n${text}\n`);
  return `This extension contains code of the following packages.\n\n${parts.join("\n")}`;
}

/** @param {string} input @returns {string | null} the folder of the package that a file belongs to */
function packageOf(input) {
  return /^(?<folder>(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.groups?.["folder"] ?? null;
}

/** @param {string} folder @returns {Notice} */
function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
  const { name, version, license } = manifest;
  if (typeof license !== "string") throw new Error(`${folder} does not say its license`);
  const files = readdirSync(path.join(root, folder)).filter((file) => /^(?:licen[cs]e|notice|copying|third-?party-?notices?)[^/]*$/iu.test(file)).sort();
  const texts = files.map((file) => readFileSync(path.join(root, folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (texts.length === 0) texts.push(standard(folder, manifest));
  return { name, version, license, text: texts.join("\n\n") };
}

/**
 * Some packages name a license and bring its text in their README, or not at all.
 *
 * @param {string} folder
 * @param {{ author?: string | { name: string }, license: string }} manifest
 */
function standard(folder, { author, license }) {
  const readme = readdirSync(path.join(root, folder)).find((file) => file.toLowerCase() === "readme.md");
  const sections = readme === undefined ? [] : readFileSync(path.join(root, folder, readme), "utf8").split(/^#+ */mu);
  const section = sections.find((text) => /^licen[cs]e\b/iu.test(text) && text.length > 500)?.replace(/^.*\n/u, "").trim();
  if (section !== undefined) return section;
  const holder = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || holder === undefined) throw new Error(`${folder} is under ${license}, but has no text of it`);
  return readFileSync(path.join(root, "LICENSE"), "utf8").replace(/^Copyright .*$/mu, `Copyright (c) ${holder}`).trim();
}
