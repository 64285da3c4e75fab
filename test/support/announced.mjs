// @ts-check
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {{ readonly file: string, readonly line: number, readonly rule: string, readonly words: readonly string[] }} Announced
 * @typedef {{ readonly file: string, readonly line: number, readonly rule: string, readonly message: string }} Finding
 */

/**
 * The findings that the files of a folder announce, each at the end of the line
 * on which its report starts: `// ✗ rule: word, word`.
 *
 * @param {string} folder
 * @returns {Announced[]}
 */
export function announcedIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/u.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !path.relative(folder, file).split(path.sep).includes("node_modules"))
    .sort()
    .flatMap((file) => announcedBy(readFileSync(file, "utf8")).map((each) => ({ file: relative(folder, file), ...each })));
}

/** @param {string} text @returns {Omit<Announced, "file">[]} */
export function announcedBy(text) {
  return text.split("\n").flatMap((source, index) =>
    [...source.matchAll(/\/\/ ✗ (?<claims>.+)$/gu)].flatMap(({ groups }) =>
      (groups?.["claims"] ?? "").split(" ✗ ").map((claim) => {
        const [rule = "", words = ""] = claim.split(/: (.*)/u);
        return { line: index + 1, rule: rule.trim(), words: words.split(", ").map((word) => word.trim()).filter((word) => word !== "") };
      }),
    ),
  );
}

/** A file's name as people write it: from a folder, with slashes. @param {string} folder @param {string} file */
export function relative(folder, file) {
  return path.relative(folder, file).split(path.sep).join("/");
}

/**
 * Compares what was reported with what was announced.
 *
 * @param {readonly Announced[]} announced
 * @param {readonly Finding[]} findings
 * @returns {string[]} the differences, one a line; empty when all is as announced
 */
export function differences(announced, findings) {
  const left = [...findings];
  const missing = announced.flatMap(({ file, line, rule, words }) => {
    const index = left.findIndex((finding) => finding.file === file && finding.line === line && finding.rule === rule && words.every((word) => finding.message.includes(word)));
    if (index !== -1) {
      left.splice(index, 1);
      return [];
    }
    return [`- ${file}:${line}  ${rule}${words.length === 0 ? "" : `, naming ${words.join(", ")}`}`];
  });
  return [...missing, ...left.map(({ file, line, message, rule }) => `+ ${file}:${line}  ${rule}: ${message}`)];
}
