/** How is a resource held until it is handed over? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isHandOver, isOpened } from "../../flow/fate/hand-over-fate.js";
import type { Holder } from "../../flow/fate/holder.js";
import type { Use } from "../../ownership/uses/use.js";
import { functionAround, isInside, ownNodesIn } from "../../ownership/values/functions.js";
import { ownerFunction, writesOf } from "../../ownership/values/variables.js";
import { ancestorsOf } from "../../syntax.js";
import { canAwait } from "../placement/placement.js";
import { writtenDisposal } from "../scopes/disposal.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { beginsLine, indent, indentAt, newlineOf, unitOf } from "../text/lines.js";
import { handOver, holdOn, stackFor } from "./hold-until-made.js";

/** How a resource is held until it is handed over: by a stack that is moved then, or by a `catch` that disposes it. */
export interface HeldUntil {
  readonly by: "catch" | "stack";
  readonly edits: readonly Edit[];
  /** What declares the stack; the disposal in the `catch`. */
  readonly text: string;
}

/**
 * Holds a resource until each `return` that hands it over: on a stack, which is moved there, or, where the platform has none, by a `catch`
 * around the rest of the block, which disposes it and throws on. `null` where it is handed over in any other way, or where work that may fail stands in
 * the `return` itself.
 */
export function holdUntilHandedOver(code: Code, holder: Holder): HeldUntil | null {
  const { declaration, promised, uses, variable } = holder;
  const block = declaration?.parent;
  if (declaration === null || block?.type !== "BlockStatement" || declaration.declarations.length > 1 || promised || writesOf(variable).length > 1) return null;
  const given = uses.filter((use) => use.how !== "borrowed" && !isOpened(use));
  const returns = given.map((use) => returnOf(holder, use));
  if (!given.some(isHandOver) || given.some(({ how }) => how === "disposed") || returns.some((each) => each === null || hasWork(code, each))) return null;
  return onStack(code, holder, block, returns as TSESTree.ReturnStatement[]) ?? byCatch(code, holder, declaration, block);
}

function onStack(code: Code, { acquisition }: Holder, block: TSESTree.BlockStatement, returns: readonly TSESTree.ReturnStatement[]): HeldUntil | null {
  const keyword = stackFor(code, block, [acquisition]);
  const stack = freeName(code, "stack");
  const held = keyword === null ? null : holdOn(code, block, [acquisition], { ...keyword, stack });
  const given = [...new Set(returns)].map((each) => handOver(code, each, stack));
  if (keyword === null || held === null || !given.every((each) => each !== null)) return null;
  return { by: "stack", edits: [...held, ...given.flat()], text: keyword.keyword };
}

/** `try { … } catch (error) { await conn.close(); throw error; }` around what follows in the block. */
function byCatch(code: Code, { acquisition: { resource }, name }: Holder, declaration: TSESTree.VariableDeclaration, block: TSESTree.BlockStatement): HeldUntil | null {
  const rest = block.body.slice(block.body.indexOf(declaration) + 1);
  const [first] = rest;
  const last = rest.at(-1);
  const disposal = writtenDisposal(resource, { awaits: canAwait(code, declaration), name, nullable: resource.nullable });
  if (first === undefined || last === undefined || disposal === null || rest.some(({ type }) => type === "FunctionDeclaration" || type === "ClassDeclaration")) return null;
  if (!rest.every(({ range: [start] }) => beginsLine(code, start))) return null;
  const error = freeName(code, "error");
  const outer = indentAt(code, first.range[0]);
  const newline = newlineOf(code);
  const unit = unitOf(code, block);
  return {
    by: "catch",
    text: disposal,
    edits: [
      { range: [first.range[0], first.range[0]], text: `try {${newline}${outer}${unit}` },
      ...indent(code, [first.range[0], last.range[1]], unit),
      { range: [last.range[1], last.range[1]], text: `${newline}${outer}} catch (${error}) {${newline}${outer}${unit}${disposal};${newline}${outer}${unit}throw ${error};${newline}${outer}}` },
    ],
  };
}

/** The `return` of the resource's own function that a use hands it over by. */
function returnOf({ variable }: Holder, { at, reference }: Use): TSESTree.ReturnStatement | null {
  const statement = [...ancestorsOf(reference)].find(({ type }) => type === "ReturnStatement" || type.endsWith("Declaration"));
  const isOwn = statement?.type === "ReturnStatement" && functionAround(statement) === ownerFunction(variable);
  return isOwn && isInside(at, statement) ? statement : null;
}

/** Whether something in a `return` may fail before the caller has what it gives: work, and calls other than the wrapping `new`. */
function hasWork(code: Code, { argument }: TSESTree.ReturnStatement): boolean {
  return argument !== null && ownNodesIn(code, argument).some((node) => /^(?:Await|Call|TaggedTemplate|Yield)Expression$/u.test(node.type) || (node.type === "NewExpression" && node !== argument));
}
