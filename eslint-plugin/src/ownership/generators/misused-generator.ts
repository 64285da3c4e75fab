/** How does the code misuse a generator that has something to clean up? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isLogger } from "../../lexicon/holding.js";
import { belongsToGenerator } from "../../lexicon/language.js";
import { ancestorsOf } from "../../syntax.js";
import { bodyOf, calleeName } from "../values/callee.js";
import { isIteratorSymbol } from "../values/dispose-symbol.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { functionAround, isGenerator, ownNodesIn, type GeneratorNode } from "../values/functions.js";
import { isInTest } from "../values/test-code.js";
import { readsOf, variableOf, type Variable } from "../values/variables.js";
import { isAdvancedOnce, isInLoop, scopedManager, advanceBy, advancedBy, type Advanced } from "./advanced-generator.js";
import { deadAfter, managesAt, releases, triesAround, yieldsIn } from "./manager.js";

/** A generator object that a call makes, and that is misused. */
export interface Started {
  readonly call: TSESTree.CallExpression;
  /** The variable that holds it; `null` for a temporary. */
  readonly variable: Variable | null;
  readonly declarator: TSESTree.VariableDeclarator | null;
  /** The calls by which it is stepped, in source order. */
  readonly steps: readonly TSESTree.CallExpression[];
  readonly misuse: Misuse;
}

/**
 * In what way a generator is misused: stepped and dropped, stepped though it is a
 * manager's, taken for the value that it would yield, left by its scope ahead of
 * its release, never started.
 */
export type Misuse =
  | { readonly is: "abandoned" | "managed" | "unstarted" }
  | { readonly is: "mistaken"; readonly member: TSESTree.MemberExpression }
  | { readonly is: "unreleased"; readonly code: Code; readonly release: TSESTree.Statement };

/**
 * What is wrong with the use of a generator that has cleanup. Whatever is not known
 * to be a misuse finishes it, or is unknown: iterating, handing on, `return()`,
 * stepping in a loop or in a closure.
 */
export function misusedGenerator(code: Code, call: TSESTree.CallExpression): Started | null {
  const given = iteratorOf(call) ?? call;
  const destination = destinationOf(given);
  if (destination.mixed || functionAround(call) === null) return null;
  if (destination.to === "receiver") {
    const step = destination.awaited ? null : advanceBy(destination.member);
    if (step === null || isInTest(call)) return null;
    const generator = generatorOf(code, call);
    const misuse = generator === null ? null : isGivenToHelper(generator) ? "managed" : isNext(step) && hasCleanup(generator) ? "abandoned" : null;
    return misuse === null ? null : { call, variable: null, declarator: null, steps: [step], misuse: { is: misuse } };
  }
  const stepped = advancedBy(code, given);
  // What waits for a generator gets the generator: it is no promise.
  if (stepped === null || (destination.awaited && !stepped.scoped) || isInTest(call)) return null;
  const mayBeMisused = stepped.scoped ? stepped.steps.length < 2 : stepped.others.length === 0 && stepped.steps.length > 0;
  const generator = mayBeMisused ? generatorOf(code, call) : null;
  if (generator === null) return null;
  const misuse = stepped.scoped ? misuseInScope(code, stepped, generator) : misuseByHand(stepped, generator);
  return misuse === null ? null : { call, misuse, variable: stepped.variable, declarator: stepped.declarator, steps: stepped.steps };
}

/** `gen()[Symbol.asyncIterator]()`, which gives the generator itself. */
function iteratorOf(call: TSESTree.CallExpression): TSESTree.CallExpression | null {
  const destination = destinationOf(call);
  return destination.to === "receiver" && !destination.awaited && isIteratorSymbol(destination.member) ? callOf(destination.member) : null;
}

function misuseByHand({ declarator, steps }: Advanced, generator: GeneratorInCode): Misuse | null {
  if (isGivenToHelper(generator)) return { is: "managed" };
  const around = functionAround(declarator);
  if (!steps.every((step) => isNext(step) && functionAround(step) === around && !isInLoop(step, declarator))) return null;
  return hasCleanup(generator) && (steps.length === 1 || yieldsAgain(generator)) ? { is: "abandoned" } : null;
}

function misuseInScope(code: Code, stepped: Advanced, generator: GeneratorInCode): Misuse | null {
  const { others, steps: [step] } = stepped;
  if (step === undefined) {
    if (!hasCleanup(generator)) return null;
    const [member] = membersRead(others);
    if (member === undefined) return others.length === 0 ? { is: "unstarted" } : null;
    // TypeScript says so itself.
    return code.isJavaScript ? { is: "mistaken", member } : null;
  }
  if (!isAdvancedOnce(stepped)) return null;
  const release = releaseAfter(generator);
  return release !== null && scopedManager(generator.code, generator.node) === null ? { is: "unreleased", code: generator.code, release } : null;
}

/** The members that no generator has, where nothing else is read of a variable. */
function membersRead(reads: readonly TSESTree.Identifier[]): readonly TSESTree.MemberExpression[] {
  const members = reads.map(({ parent, range }) => (parent.type === "MemberExpression" && parent.object.range === range && !parent.computed && !isWritten(parent) ? parent : null));
  return members.every((member) => member !== null && !belongsToGenerator(propertyName(member) ?? "next")) ? members.filter((member) => member !== null) : [];
}

function isWritten(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  return (parent.type === "AssignmentExpression" && parent.left === member) || parent.type === "UpdateExpression" || (parent.type === "UnaryExpression" && parent.operator === "delete");
}

/** What releases after the only `yield` of a generator, where disposal never gets. */
function releaseAfter({ code, node }: GeneratorInCode): TSESTree.Statement | null {
  const [at, another] = yieldsIn(code, node);
  const after = at === undefined || another !== undefined || at.delegate ? null : deadAfter(at);
  return after !== null && releases(code, after) ? after : null;
}

export interface GeneratorInCode {
  readonly code: Code;
  readonly node: GeneratorNode;
}

function generatorOf(code: Code, call: TSESTree.CallExpression): GeneratorInCode | null {
  const body = bodyOf(code, call);
  return body !== null && isGenerator(body.node) ? { code: body.code, node: body.node } : null;
}

function isNext(step: TSESTree.CallExpression): boolean {
  return calleeName(step) === "next";
}

/** Whether a manager helper is given the generator function, in its own file. */
function isGivenToHelper({ code, node }: GeneratorInCode): boolean {
  const named = node.id ?? (node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier" ? node.parent.id : null);
  const variable = named === null ? null : variableOf(code, named);
  return variable !== null && readsOf(variable).some((read) => managesAt(code, read) !== null);
}

/**
 * Whether a generator has something to clean up at each of its `yield`s: a
 * `finally` that calls something, or a `using` scope. One that yields in `finally`
 * talks to whoever runs it (a saga), who knows what it is.
 */
export function hasCleanup({ code, node }: GeneratorInCode): boolean {
  const yields = yieldsIn(code, node);
  return yields.length > 0 && yields.every((each) => {
    const tries = [...triesAround(each)];
    if (tries.some(({ part }) => part === "finalizer")) return false;
    return isUnderUsing(each) || tries.some(({ statement: { finalizer } }) => finalizer !== null && ownNodesIn(code, finalizer).some(doesWork));
  });
}

/** Whether an expression cleans up: a call, but for one that only tells. */
function doesWork(node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression") return false;
  const { callee } = node;
  return !(callee.type === "MemberExpression" && callee.object.type === "Identifier" && isLogger(callee.object.name));
}

/** Whether a `using` or `await using` declaration ahead of a node holds something at it. */
function isUnderUsing(node: TSESTree.Node): boolean {
  const isScope = (at: TSESTree.Node | null | undefined): boolean => at?.type === "VariableDeclaration" && /using$/u.test(at.kind);
  for (const at of ancestorsOf(node)) {
    if (at.type === "BlockStatement" && at.body.some((each) => each.range[1] <= node.range[0] && isScope(each))) return true;
    if ((at.type === "ForOfStatement" && isScope(at.left)) || (at.type === "ForStatement" && isScope(at.init))) return true;
    if (isGenerator(at)) return false;
  }
  return false;
}

/** Whether more than one step may leave a generator waiting: it yields in a loop. */
function yieldsAgain({ code, node }: GeneratorInCode): boolean {
  return yieldsIn(code, node).some((each) => each.delegate || isInLoop(each, node.body));
}
