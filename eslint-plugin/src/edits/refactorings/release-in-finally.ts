/** Can what follows the `yield` at the cursor go into a `finally`? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isInLoop } from "../../ownership/generators/advanced-generator.js";
import { deadAfter, releases, triesAround, yieldsIn } from "../../ownership/generators/manager.js";
import { isFunction, isGenerator, type GeneratorNode } from "../../ownership/values/functions.js";
import { ancestorsOf } from "../../syntax.js";
import { lineOf } from "../../text.js";
import { releaseInFinally } from "../generators/release-in-finally.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** `yield conn; await conn.close();` → `try { yield conn; } finally { await conn.close(); }` */
export const putInFinally: Refactor = (code, selection) => {
  const at = around(selection, (node) => node.type === "YieldExpression" || node.type === "ExpressionStatement");
  const yielded = at?.type === "ExpressionStatement" ? at.expression : at;
  const generator = yielded?.type === "YieldExpression" && !yielded.delegate ? generatorAround(yielded) : null;
  if (yielded?.type !== "YieldExpression" || generator === null) return null;
  const [, another] = yieldsIn(code, generator);
  const after = another === undefined && !isInLoop(yielded, generator.body) ? deadAfter(yielded) : null;
  if (after === null) return null;
  const title: Name = { kind: "rewrite", title: "Put what follows the `yield` into a `finally`" };
  const edits = releaseInFinally(code, generator, yielded);
  return edits === null ? refuse(title, whyNot(code, generator, yielded)) : offer(title, edits);
};

function generatorAround(node: TSESTree.Node): GeneratorNode | null {
  const around = [...ancestorsOf(node)].find(isFunction);
  return around !== undefined && isGenerator(around) ? around : null;
}

function whyNot(code: Code, { body }: GeneratorNode, at: TSESTree.YieldExpression): string {
  const [tried] = triesAround(at);
  if (tried !== undefined) return `The \`yield\` stands in the \`try\` of line ${lineOf(tried.statement)} already: put its release there.`;
  const { parent: statement } = at;
  if (statement.type !== "ExpressionStatement") return "Its value is used, and there would be none when the generator is left.";
  if (statement.parent !== body) return "The `yield` is nested in a block: what follows it stands outside.";
  const other = body.body.slice(body.body.indexOf(statement) + 1).find((each) => !releases(code, each));
  return other === undefined ? "Put the `yield` and what follows it on lines of their own first." : `Line ${lineOf(other)} does more than release, and would then run after a failure too: decide on that first.`;
}
