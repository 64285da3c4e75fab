/** What can stand in place of code that a version of Node does not support? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { propertyName, unwrap } from "../../ownership/values/destination.js";
import type { Edit } from "../text/edit.js";
import { indent, indentAt, newlineOf, unitOf } from "../text/lines.js";

/** A method bound to its own object as an arrow function: `() => this.close()`. `null` where more is bound, or the object is computed. */
export function callInPlace(code: Code, value: TSESTree.Node): { readonly called: string; readonly edits: readonly Edit[] } | null {
  if (value.type !== "CallExpression" || value.callee.type !== "MemberExpression" || value.optional || value.callee.optional) return null;
  const method = unwrap(value.callee.object);
  const [to, more] = value.arguments;
  if (method.type !== "MemberExpression" || method.optional || propertyName(method) === null || to === undefined || more !== undefined) return null;
  const text = (node: TSESTree.Node): string => code.text.slice(...node.range);
  const isPlain = method.object.type === "Identifier" || method.object.type === "ThisExpression";
  if (!isPlain || text(method.object) !== text(to)) return null;
  const called = `${text(method)}()`;
  return { called, edits: [{ range: value.range, text: `() => ${called}` }] };
}

/** Moves the declaration in the head of a `for` in front of it, into a block around both. `null` for a labelled loop. */
export function hoistHead(code: Code, loop: TSESTree.ForStatement): readonly Edit[] | null {
  const { body, init, parent, range: [start, end] } = loop;
  if (init === null || parent.type === "LabeledStatement") return null;
  const newline = newlineOf(code);
  const outer = indentAt(code, start);
  const unit = body.type === "BlockStatement" ? unitOf(code, body) : "  ";
  const inner = `${newline}${outer}${unit}`;
  return [
    { range: [start, start], text: `{${inner}${code.text.slice(...init.range)};${inner}` },
    { range: init.range, text: "" },
    ...indent(code, loop.range, unit),
    { range: [end, end], text: `${newline}${outer}}` },
  ];
}
