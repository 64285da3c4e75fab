// @ts-check
// Code as the body of a snippet: holes become linked placeholders, `// $0` the final tab stop, indentation tabs.
import ts from "typescript";

import { withoutTypes } from "./javascript.mjs";
import { regionOf } from "./source.mjs";

/** @typedef {import("./source.mjs").Hole} Hole */
/** @typedef {import("./source.mjs").Source} Source */
/** @typedef {{ readonly prefix: readonly string[], readonly body: readonly string[], readonly description: string, readonly isFileTemplate?: true }} Snippet */

/** The languages that have snippets, by their id in VS Code. */
export const languages = /** @type {const} */ (["typescript", "typescriptreact", "javascript", "javascriptreact"]);

/** A source as a snippet for one language. @param {Source} source @param {string} language @returns {Snippet} */
export function snippetOf(source, language) {
  const isTyped = language.startsWith("typescript");
  const code = regionOf(isTyped ? source : { ...source, text: withoutTypes(source.text) });
  return {
    prefix: language.endsWith("react") ? beforeEmmet(source.prefixes) : source.prefixes,
    body: bodyOf(source, code, isTyped).split("\n").map(tabbed),
    description: source.description,
    ...(source.isFile ? { isFileTemplate: true } : {}),
  };
}

/**
 * In JSX, Emmet takes `await-using` for the name of an element and comes first. What is written as one word it leaves alone.
 *
 * @param {readonly string[]} prefixes
 */
const beforeEmmet = (prefixes) => prefixes.flatMap((prefix) => (prefix.includes("-") ? [prefix.replace(/-(\w)/gu, (_, letter) => letter.toUpperCase()), prefix] : [prefix]));

/** @param {Source} source @param {string} code @param {boolean} isTyped a hole may be in the types alone */
function bodyOf({ holes, name }, code, isTyped) {
  const places = placesIn(code, holes);
  const present = holes.filter((hole) => places.some((place) => place.hole === hole));
  if (isTyped && present.length < holes.length) throw new Error(`${name}: the code has none of the holes ${holes.filter((hole) => !present.includes(hole)).map(({ text }) => text).join(", ")}`);
  let body = "";
  let end = 0;
  for (const { at, hole, text } of places) {
    const number = present.indexOf(hole) + 1;
    const isFirst = places.find((place) => place.hole === hole)?.at === at;
    body += escaped(code.slice(end, at)) + (isFirst ? placeholder(number, hole) : `\${${number}}`);
    end = at + text.length;
  }
  return (body + escaped(code.slice(end))).replace(/\/\/ \\\$0$/mu, "$0");
}

/** @param {number} number @param {Hole} hole */
function placeholder(number, { choices, text }) {
  if (choices.length === 0) return `\${${number}:${bare(text).replace(/[\\$}]/gu, "\\$&")}}`;
  return `\${${number}|${choices.map((choice) => bare(choice).replace(/[\\|,$}]/gu, "\\$&")).join(",")}|}`;
}

/** Where the holes are, in the order of the code. @param {string} code @param {readonly Hole[]} holes */
function placesIn(code, holes) {
  const file = ts.createSourceFile("snippet.ts", code, ts.ScriptTarget.ESNext, true);
  /** @type {{ at: number, hole: Hole, text: string }[]} */
  const places = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const hole = holes.find(({ text }) => text === holeText(node, file));
    if (hole !== undefined) places.push({ at: node.getStart(file), hole, text: node.getText(file) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places.sort((a, b) => a.at - b.at);
}

/** What a hole for this node is called. @param {ts.Node} node @param {ts.SourceFile} file */
function holeText(node, file) {
  if (ts.isNumericLiteral(node) || ts.isStringLiteral(node)) return node.getText(file);
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  const isProperty = (ts.isPropertyAccessExpression(parent) || ts.isClassElement(parent) || ts.isObjectLiteralElementLike(parent)) && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
  return isProperty ? `.${node.text}` : node.text;
}

/** @param {string} text of a hole */
const bare = (text) => text.replace(/^\./u, "");

/** @param {string} text */
const escaped = (text) => text.replace(/[\\$]/gu, "\\$&");

/** @param {string} line */
const tabbed = (line) => line.replace(/^(?: {2})+/u, (spaces) => "\t".repeat(spaces.length / 2));
