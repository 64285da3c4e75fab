import type { TSESTree } from "@typescript-eslint/utils";

import { ancestorsOf, type Code } from "../code.js";
import { callOf, destinationOf, propertyName } from "./destination.js";
import { bodyOf, isGenerator, managesAt, triesAround, yieldsIn, type GeneratorNode } from "./manager.js";
import { declaratorOf, functionAround, nodesOf, readsOf, variableOf, writesOf, type Variable } from "./references.js";
import { calleeName } from "./transfer.js";

/** A generator object that a call makes, whose body has something to clean up while it waits at a `yield`. */
export interface Started {
  readonly call: TSESTree.CallExpression;
  /** The variable that holds it; `null` for a temporary. */
  readonly variable: Variable | null;
  readonly declarator: TSESTree.VariableDeclarator | null;
  /** The calls by which it is stepped, in source order. */
  readonly steps: readonly TSESTree.CallExpression[];
  /** In what way it is misused. */
  readonly misuse: "abandoned" | "managed" | "unstarted";
}

const byHand = new Set(["next", "return", "throw"]);

/**
 * A generator with cleanup that is stepped by hand and then dropped, stepped by
 * hand though it is a manager's, or scoped and never started. Whatever else is done
 * with a generator finishes it, or is unknown: iterating, handing on, `return()`,
 * stepping in a loop or in a closure.
 */
export function misusedGenerator(code: Code, call: TSESTree.CallExpression): Started | null {
  const destination = destinationOf(call);
  if (destination.awaited || destination.mixed || functionAround(call) === null) return null;
  if (destination.to === "receiver") {
    const step = stepBy(destination.member);
    if (step === null || isInTest(call)) return null;
    const generator = generatorOf(code, call);
    if (generator === null) return null;
    const started = { call, variable: null, declarator: null, steps: [step] };
    if (isManaged(generator)) return { ...started, misuse: "managed" };
    return nameOf(step) === "next" && hasCleanup(generator) ? { ...started, misuse: "abandoned" } : null;
  }
  if (destination.to !== "declared" || destination.declarator.id.type !== "Identifier") return null;
  const { declarator } = destination;
  const variable = variableOf(code, destination.declarator.id);
  if (variable === null || declaratorOf(variable) !== declarator || writesOf(variable).length !== 1) return null;
  const isScoped = /using$/u.test(declarator.parent.kind);
  const reads = readsOf(variable);
  const steps = reads.map(({ parent }) => (parent.type === "MemberExpression" ? stepBy(parent) : null)).filter((step) => step !== null);
  if (steps.length < reads.length || (isScoped ? steps.length > 0 : steps.length === 0) || isInTest(call)) return null;
  const generator = generatorOf(code, call);
  if (generator === null) return null;
  const started = { call, variable, declarator, steps };
  if (isScoped) return hasCleanup(generator) ? { ...started, misuse: "unstarted" } : null;
  if (isManaged(generator)) return { ...started, misuse: "managed" };
  const around = functionAround(call);
  if (!steps.every((step) => nameOf(step) === "next" && functionAround(step) === around && !isInLoop(step, declarator))) return null;
  if (!hasCleanup(generator) || (steps.length > 1 && !yieldsAgain(generator))) return null;
  return { ...started, misuse: "abandoned" };
}

interface GeneratorInCode {
  readonly code: Code;
  readonly node: GeneratorNode;
}

function generatorOf(code: Code, call: TSESTree.CallExpression): GeneratorInCode | null {
  const body = bodyOf(code, call);
  return body !== null && isGenerator(body.node) ? { code: body.code, node: body.node } : null;
}

function stepBy(member: TSESTree.MemberExpression): TSESTree.CallExpression | null {
  const call = callOf(member);
  return call !== null && byHand.has(propertyName(member) ?? "") ? call : null;
}

function nameOf(step: TSESTree.CallExpression): string | null {
  return calleeName(step);
}

/** Whether a manager helper is given the generator function, in its own file. */
function isManaged({ code, node }: GeneratorInCode): boolean {
  const named = node.id ?? (node.parent.type === "VariableDeclarator" && node.parent.id.type === "Identifier" ? node.parent.id : null);
  const variable = named === null ? null : variableOf(code, named);
  return variable !== null && readsOf(variable).some((read) => managesAt(code, read) !== null);
}

/**
 * Whether a generator has something to clean up at each of its `yield`s: a
 * `finally` that calls something, or a `using` scope. One that yields in `finally`
 * talks to whoever runs it (a saga), who knows what it is.
 */
function hasCleanup({ code, node }: GeneratorInCode): boolean {
  const yields = yieldsIn(code, node);
  return yields.length > 0 && yields.every((each) => {
    const tries = [...triesAround(each)];
    if (tries.some(({ part }) => part === "finalizer")) return false;
    return isUnderUsing(each) || tries.some(({ statement: { finalizer } }) => finalizer !== null && nodesOf(code, finalizer).some(doesWork));
  });
}

/** Whether an expression cleans up: a call, but for one that only tells. */
function doesWork(node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression") return false;
  const { callee } = node;
  return !(callee.type === "MemberExpression" && callee.object.type === "Identifier" && /^(?:console|log(?:ger)?)$/iu.test(callee.object.name));
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

/** Whether a node is in a loop inside another one, which would run it again. */
export function isInLoop(node: TSESTree.Node, outside: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.range[0] <= outside.range[0] && outside.range[1] <= at.range[1]) return false;
    if (/^(?:DoWhile|For(?:In|Of)?|While)Statement$/u.test(at.type)) return true;
  }
  return false;
}

const runners = /^(?:after|afterAll|afterEach|before|beforeAll|beforeEach|bench|describe|it|specify|suite|test)$/u;

/** Whether a node stands in a test, which steps generators to look at them. */
export function isInTest(node: TSESTree.Node): boolean {
  for (const at of ancestorsOf(node)) {
    if (at.type !== "CallExpression") continue;
    let root: TSESTree.Node = at.callee;
    while (root.type === "CallExpression" || root.type === "MemberExpression" || root.type === "TaggedTemplateExpression") {
      root = root.type === "CallExpression" ? root.callee : root.type === "MemberExpression" ? root.object : root.tag;
    }
    if (root.type === "Identifier" && runners.test(root.name)) return true;
  }
  return false;
}
