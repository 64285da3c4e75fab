/** When can a generator acquire ahead of its `try` and dispose in its `finally`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { LateAcquisition } from "../../ownership/generators/late-acquisition.js";
import { releases, triesAround } from "../../ownership/generators/manager.js";
import type { GeneratorNode } from "../../ownership/values/functions.js";
import { declaratorOf, readsOf, variableOf } from "../../ownership/values/variables.js";
import { hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { beginsLine, indent, indentAt, newlineOf, unitOf } from "../text/lines.js";

/**
 * Puts what follows a `yield` into a `finally` around it; only where all of that
 * releases something, which is right after a success and after a failure alike, and
 * where no `finally` is around it yet.
 */
export function releaseInFinally(code: Code, generator: GeneratorNode, at: TSESTree.YieldExpression): readonly Edit[] | null {
  const { body } = generator;
  const { parent: statement } = at;
  if (statement.type !== "ExpressionStatement" || statement.parent !== body || [...triesAround(at)].length > 0) return null;
  const tail = body.body.slice(body.body.indexOf(statement) + 1);
  const last = tail.at(-1);
  if (last === undefined || !tail.every((each) => releases(code, each))) return null;
  const newline = newlineOf(code);
  const [start, end] = statement.range;
  if (!beginsLine(code, start)) {
    const between = code.text.slice(end, tail[0]?.range[0]);
    return /\S|\n/u.test(between) ? null : [{ range: [start, start], text: "try { " }, { range: [end, end], text: " } finally {" }, { range: [last.range[1], last.range[1]], text: " }" }];
  }
  const rest = code.text.slice(end, /\r?\n/u.exec(code.text.slice(end)) === null ? end : end + code.text.slice(end).search(/\r?\n/u));
  const isOwnLine = !/\S/u.test(rest) || /^\s*\/\//u.test(rest);
  const until = last.range[1] + code.text.slice(last.range[1]).search(/\r?\n|$/u);
  if (!isOwnLine || /^\s*[^\s/]/u.test(code.text.slice(last.range[1], until))) return null;
  const outer = indentAt(code, start);
  const unit = unitOf(code, body);
  const after = end + rest.length;
  return [
    { range: [start, start], text: `try {${newline}${outer}${unit}` },
    ...indent(code, [start, end], unit),
    { range: [after, after], text: `${newline}${outer}} finally {` },
    ...indent(code, [after, until], unit),
    { range: [until, until], text: `${newline}${outer}}` },
  ];
}

/** Declares a variable where it is acquired, ahead of the `try`; only where nothing stands between. */
export function acquireAhead(code: Code, statement: TSESTree.TryStatement, { acquired, name }: LateAcquisition): readonly Edit[] | null {
  const variable = variableOf(code, name);
  const declarator = variable === null ? null : declaratorOf(variable);
  const { parent: written } = acquired;
  const [first, second] = statement.block.body;
  if (variable === null || declarator === null || written.type !== "ExpressionStatement" || written !== first || second === undefined) return null;
  const declaration = declarator.parent;
  const siblings: readonly TSESTree.Node[] = statement.parent.type === "BlockStatement" ? statement.parent.body : [];
  const isAhead = declaration.kind === "let" && declaration.declarations.length === 1 && siblings.indexOf(declaration) === siblings.indexOf(statement) - 1 && siblings.includes(declaration);
  if (!isAhead || hasComments(code, [declaration.range[0], statement.range[0]]) || hasComments(code, [statement.range[0], second.range[0]])) return null;
  if (readsOf(variable).some(({ range }) => range[0] < acquired.range[1])) return null;
  const { typeAnnotation } = declarator.id;
  const type = typeAnnotation === undefined ? "" : code.text.slice(...typeAnnotation.range);
  return [
    { range: declaration.range, text: `const ${name.name}${type} = ${code.text.slice(...acquired.right.range)};` },
    { range: [written.range[0], second.range[0]], text: "" },
  ];
}
