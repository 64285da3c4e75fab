import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "./code.js";
import { nodesIn, type CallNode, type FunctionNode } from "./syntax.js";

type Source = Pick<Code, "text" | "visitorKeys">;

/** A piece of the source, and what stands for it. */
interface Piece {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

/** The nodes whose text is free: what looks like a comment in them is none, and white space counts. */
const free = new Set(["JSXText", "Literal", "TemplateElement"]);

const comment = /\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*/gu;
/** White space and comments between two tokens, and a comma before them. */
const gap = /(?<comma>,?)(?<between>(?:\s|\/\*[^]*?\*\/|\/\/[^\n\r\u2028\u2029]*)+)/gu;
const word = /[\p{ID_Continue}$\uE000]/u;
const sign = /[!%&*+\-/:<=>?^|~]/u;
const lineBreak = /\s*[\n\r\u2028\u2029]\s*/gu;
/** Stand for a piece, and for the brackets of one; no code is written with them. */
const hole = "\uE000";
const opening = "\uE001";
const closing = "\uE002";

/** The code of a node, in one line and without comments. */
export function textOf(code: Source, node: TSESTree.Node): string {
  return printed(code, node, []);
}

/** A call in a message: its callee without the arguments of the calls in it, shortened, and `()`. */
export function callText(code: Source, { callee, type }: CallNode): string {
  const text = printed(code, callee, argumentsIn(code, callee));
  const isNamed = callee.type === "MemberExpression" && !callee.computed;
  const short = text.length <= 40 || callee.type === "Identifier" ? text : isNamed ? `….${textOf(code, callee.property)}` : shortened(text);
  return `${type === "NewExpression" ? "new " : ""}${short}()`;
}

/** A text that is too long for a message, without its middle. */
export function shortened(text: string): string {
  return text.length <= 50 ? text : `${text.slice(0, 34).trimEnd()} … ${text.slice(-12).trimStart()}`;
}

function printed(code: Source, node: TSESTree.Node, replaced: readonly Piece[]): string {
  const source = code.text.slice(...node.range);
  if (replaced.length === 0 && /^[\w#$.]*$/u.test(source)) return source;
  const pieces: Piece[] = [...replaced];
  for (const { range, type } of nodesIn(code, node)) {
    if (free.has(type)) pieces.push({ range, text: code.text.slice(...range).replace(lineBreak, " ") });
  }
  // A template has its texts before its expressions, and a shorthand property may be met twice.
  pieces.sort((one, other) => one.range[0] - other.range[0]);
  const kept: string[] = [];
  let tokens = "";
  let [at] = node.range;
  for (const { range, text } of pieces) {
    if (range[0] < at) continue;
    tokens += `${code.text.slice(at, range[0])}${/^[(}]/u.test(text) ? closing : ""}${hole}${text.endsWith("${") ? opening : ""}`;
    kept.push(text);
    [, at] = range;
  }
  tokens += code.text.slice(at, node.range[1]);
  return inOneLine(tokens).replace(/[\uE001\uE002]/gu, "").replace(/\uE000/gu, () => kept.shift() ?? "");
}

/** Puts tokens into one line; where a comment or a line break stood, with the space of code that never had any. */
function inOneLine(tokens: string): string {
  return tokens.replace(gap, (all, comma: string, between: string, offset: number) => {
    const space = between.replace(comment, "");
    if (space === between && !/[\n\r\u2028\u2029]/u.test(between)) return `${comma} `;
    const before = `${tokens.slice(Math.max(offset - 1, 0), offset)}${comma}`;
    const after = tokens.slice(offset + all.length, offset + all.length + 2);
    if (/^[)\]\uE002]/u.test(after)) return "";
    if (/[([.\uE001]$/u.test(before) || /^(?:[,;]|\?\.|\.[^.])/u.test(after)) return comma;
    const wouldMerge = [word, sign].some((kind) => kind.test(before.slice(-1)) && kind.test(after.charAt(0)));
    if (space === "" && !wouldMerge) return comma;
    return after.startsWith("}") ? " " : `${comma} `;
  });
}

/** The lists of arguments in a chain of members and calls. */
function argumentsIn(code: Source, callee: TSESTree.Node): readonly Piece[] {
  switch (callee.type) {
    case "CallExpression":
    case "NewExpression": {
      const from = (callee.typeArguments ?? callee.callee).range[1];
      const to = callee.arguments[0]?.range[0] ?? callee.range[1];
      const open = code.text.slice(from, to).replace(comment, (text) => " ".repeat(text.length)).indexOf("(");
      const list: readonly Piece[] = open === -1 ? [] : [{ range: [from + open, callee.range[1]], text: "()" }];
      return [...argumentsIn(code, callee.callee), ...list];
    }
    case "ChainExpression":
    case "TSNonNullExpression":
      return argumentsIn(code, callee.expression);
    case "MemberExpression":
      return argumentsIn(code, callee.object);
    default:
      return [];
  }
}

/** The name of a function in a message: its own, or that of the member or variable that it is written for. */
export function functionName(code: Code, around: FunctionNode): string | null {
  if (around.id != null) return around.id.name;
  const { parent } = around;
  if (parent.type === "MethodDefinition" || parent.type === "Property") return textOf(code, parent.key);
  return parent.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id.name : null;
}

/** The line of a node in a message. */
export function lineOf({ loc }: TSESTree.Node): string {
  return String(loc.start.line);
}
