// @ts-check
import { createHash } from "node:crypto";

import tseslint from "typescript-eslint";

/** Statements and members of classes: the code that a finding is about. */
const statements = /(?:Declaration|Definition|Statement)$/u;

/**
 * Tells what stands at a report, in a way that survives code moving up and down:
 * the statement's first line to read, and a digest of its text and of the message.
 *
 * @param {string} text the file
 * @param {boolean} jsx
 * @returns {(report: { config: string, rule: string, line: number, column: number, message: string }) => { place: string, digest: string }}
 */
export function placeIn(text, jsx) {
  const { ast, visitorKeys } = tseslint.parser.parseForESLint(text, { range: true, loc: true, jsx });
  const starts = [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map(({ 0: end, index }) => index + end.length)];
  /** @type {Map<string, number>} */
  const seen = new Map();
  return ({ column, config, line, message, rule }) => {
    const statement = statementAt(ast, visitorKeys ?? {}, (starts[line - 1] ?? 0) + column - 1);
    const source = text.slice(...statement.range);
    const digest = digestOf(rule, source.replace(/\s+/gu, " "), message.replace(/\blines? \d+(?:(?:, | and )\d+)*/gu, "line"));
    // The same statement twice in a file is two places.
    const key = `${config} ${digest}`;
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    return { place: (source.split("\n", 1)[0] ?? "").trim().slice(0, 120), digest: earlier === 0 ? digest : `${digest}-${earlier + 1}` };
  };
}

/** @param {readonly string[]} parts */
export function digestOf(...parts) {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** The innermost statement around an offset. @param {any} node @param {Readonly<Record<string, readonly string[] | undefined>>} keys @param {number} offset @returns {{ range: [number, number] }} */
function statementAt(node, keys, offset) {
  let found = node;
  for (let at = node; at !== undefined; at = childrenOf(at, keys).find(({ range: [start, end] }) => start <= offset && offset < end)) {
    if (statements.test(at.type) && at.type !== "BlockStatement") found = at;
  }
  return found;
}

/** @param {any} node @param {Readonly<Record<string, readonly string[] | undefined>>} keys @returns {any[]} */
function childrenOf(node, keys) {
  return (keys[node.type] ?? []).flatMap((key) => node[key] ?? []).filter((child) => child != null);
}
