/** How does a stack hold the parts of an object until the object is made? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Holder } from "../../flow/fate/holder.js";
import { partsIn } from "../../ownership/classes/construction.js";
import { acquisitionIn, type Acquisition } from "../../ownership/owners/acquisition.js";
import { stackNameOf, type StackName } from "../../ownership/scopes/stack.js";
import { destinationOf } from "../../ownership/values/destination.js";
import { functionAround, isInside, ownNodesIn } from "../../ownership/values/functions.js";
import { ancestorsOf } from "../../syntax.js";
import { appendTo } from "../placement/function-end.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { canAwait, hasComments, insertBefore } from "../placement/placement.js";
import { declareWith } from "../scopes/using.js";
import type { Edit } from "../text/edit.js";
import { freeName, nameFor } from "../text/free-name.js";
import { beginsLine, indentAt, newlineOf } from "../text/lines.js";

/** A stack that holds the parts of an object until it is made. */
export interface Held {
  readonly edits: readonly Edit[];
  readonly keyword: "await using" | "using";
}

/**
 * Holds what a static factory acquires on a stack until the object is made, and
 * leaves it open then: `stack.move()` behind the `new`. Only where all of that is
 * in one block that ends with its only `return`.
 */
export function constructOnStack(code: Code, { call }: Acquisition): Held | null {
  const block = [...ancestorsOf(call)].find((at) => at.type === "BlockStatement");
  const parts = block === undefined ? [] : partsIn(code, block);
  const last = block?.body.at(-1);
  if (block === undefined || last?.type !== "ReturnStatement" || last.argument === null || !parts.some((part) => part.call === call)) return null;
  const [, another] = ownNodesIn(code, block).filter(({ type }) => type === "ReturnStatement");
  const keyword = stackFor(code, block, parts);
  if (another !== undefined || keyword === null) return null;
  const stack = freeName(code, "stack");
  const held = holdOn(code, block, parts, { ...keyword, stack });
  const given = handOver(code, last, stack);
  return held === null || given === null ? null : { edits: [...held, ...given], keyword: keyword.keyword };
}

/** Declares the stack of an object with a scope, and moves what it holds into the object. */
export function moveIntoObject(code: Code, { binding, declaration, uses }: Holder): Held | null {
  const name = stackNameOf(code, binding);
  const [given, another] = uses.filter(({ how }) => how !== "borrowed");
  if (name === null || declaration === null || given?.via !== "argument" || another !== undefined) return null;
  const { reference } = given;
  const keyword = name === "AsyncDisposableStack" ? "await using" : "using";
  const scoping = destinationOf(reference).to === "argument" ? declareWith(code, declaration, keyword, []) : null;
  return scoping === null ? null : { edits: [...scoping.edits, { range: [reference.range[1], reference.range[1]], text: ".move()" }], keyword };
}

/**
 * Holds what a constructor acquires for its fields on a stack until its end; that
 * has to be disposable at once, as a constructor cannot wait.
 */
export function fillOnStack(code: Code, holder: TSESTree.Node): Held | null {
  const constructor = functionAround(holder);
  if (holder.type !== "MemberExpression" || constructor?.body.type !== "BlockStatement") return null;
  const { body } = constructor;
  const parts = ownNodesIn(code, body).flatMap((node): readonly Acquisition[] => {
    const isField = node.type === "AssignmentExpression" && node.operator === "=" && node.left.type === "MemberExpression" && node.left.object.type === "ThisExpression";
    const acquisition = isField ? acquisitionIn(code, node.right) : null;
    return acquisition === null || acquisition.resource.promised || !isSynchronous(acquisition) ? [] : [acquisition];
  });
  if (!parts.some(({ call }) => isInside(call, holder.parent)) || whyNoStack(code, "DisposableStack") !== null) return null;
  const stack = freeName(code, "stack");
  const held = holdOn(code, body, parts, { keyword: "using", made: "DisposableStack", stack });
  const end = appendTo(code, constructor, `${stack}.move();`);
  const returns = ownNodesIn(code, body).some(({ type }) => type === "ReturnStatement");
  return held === null || end === null || returns ? null : { edits: [...held, ...end], keyword: "using" };
}

export interface Keyword {
  readonly keyword: "await using" | "using";
  readonly made: StackName;
}

/** The stack that can dispose all of some resources at a place; `null` where none can, or where the platform has none. */
export function stackFor(code: Code, block: TSESTree.BlockStatement, parts: readonly Acquisition[]): Keyword | null {
  const waits = parts.some(({ resource: { both, kind } }) => kind === "async" && !(both && !isInAsync(code, block)));
  const made: StackName = waits ? "AsyncDisposableStack" : "DisposableStack";
  const isPossible = parts.every(({ resource: { kind } }) => kind !== "manual") && (!waits || isInAsync(code, block));
  return !isPossible || whyNoStack(code, made) !== null ? null : { keyword: waits ? "await using" : "using", made };
}

function isInAsync(code: Code, block: TSESTree.BlockStatement): boolean {
  const [first] = block.body;
  return first !== undefined && canAwait(code, first);
}

function isSynchronous({ resource: { both, kind } }: Acquisition): boolean {
  return kind === "sync" || (kind === "async" && both);
}

/** Declares a stack ahead of the first of some acquisitions and registers each. */
export function holdOn(code: Code, block: TSESTree.BlockStatement, parts: readonly Acquisition[], { keyword, made, stack }: Keyword & { readonly stack: string }): readonly Edit[] | null {
  const first = block.body.find((statement) => parts.some(({ call }) => isInside(call, statement)));
  if (first === undefined) return null;
  const registered = parts.flatMap(({ call }): readonly Edit[] => {
    const { range: [start, end] } = call.parent.type === "AwaitExpression" ? call.parent : call;
    return [{ range: [start, start], text: `${stack}.use(` }, { range: [end, end], text: ")" }];
  });
  return [insertBefore(code, first, `${keyword} ${stack} = new ${made}();`), ...registered];
}

/** Moves the members of a stack off ahead of a `return`, behind the `new` that it may return. */
export function handOver(code: Code, statement: TSESTree.ReturnStatement, stack: string): readonly Edit[] | null {
  const { argument, parent, range: [start, end] } = statement;
  if (argument !== null && /^(?:ArrayExpression|ArrowFunctionExpression|FunctionExpression|Identifier|ObjectExpression)$/u.test(argument.type)) {
    if (parent.type === "BlockStatement" || parent.type === "SwitchCase") return [insertBefore(code, statement, `${stack}.move();`)];
    return [{ range: [start, start], text: `{ ${stack}.move(); ` }, { range: [end, end], text: " }" }];
  }
  if (argument?.type !== "NewExpression" || parent.type !== "BlockStatement" || hasComments(code, [start, argument.range[0]])) return null;
  const type = argument.callee.type === "Identifier" ? argument.callee.name : "";
  const wish = nameFor(code, type);
  const name = wish === "resource" || wish === stack ? freeName(code, "made") : wish;
  const gap = beginsLine(code, start) ? `${newlineOf(code)}${indentAt(code, start)}` : " ";
  const semicolon = code.text.slice(start, end).endsWith(";") ? "" : ";";
  return [
    { range: [start, argument.range[0]], text: `const ${name} = ` },
    { range: [end, end], text: `${semicolon}${gap}${stack}.move();${gap}return ${name};` },
  ];
}
