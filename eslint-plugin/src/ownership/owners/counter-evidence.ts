/** What at the place of a call speaks against its caller owning the result? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { asksForShared, asksWhetherOpen, findsByKey } from "../../lexicon/acquiring.js";
import { restores } from "../../lexicon/releasing.js";
import { letsClockGo, mocksModule, stopsClock } from "../../lexicon/testing.js";
import { ancestorsOf, nodesIn, type CallNode, type FunctionNode } from "../../syntax.js";
import { rootOf } from "../values/callee.js";
import { isRelease } from "../release/release-name.js";
import { callOf, destinationOf, propertyName, unwrap } from "../values/destination.js";
import { functionAround, isFunction, ownNodesIn } from "../values/functions.js";
import { isHook } from "../values/test-code.js";
import { declaratorOf, isScoped, variableOf } from "../values/variables.js";

/** Whether the code says that the result of a call is somebody else's, or holds nothing. */
export function speaksAgainst(code: Code, call: CallNode): boolean {
  return isShared(code, call) || isOpenAlready(code, call) || isMocked(code, call) || isEndedByItsClass(code, call) || isEndedByLookup(code, call);
}

const stopped = memory<boolean>();

/** Whether the clock stands still where a call is evaluated, and not by that call: its functions, or a hook of the file, have stopped it. */
export function isClockStopped(code: Code, call: CallNode): boolean {
  if (isClock(code, call)) return false;
  const around = [...ancestorsOf(call)];
  if (around.some((at) => isFunction(at) && startsTheClock(code, at.body, call))) return false;
  return around.some((at) => (isFunction(at) && stopsTheClock(code, at.body)) || ((isFunction(at) || at.type === "Program") && isStoppedByHook(code, at)));
}

/** Whether the clock is let go on ahead of a call. */
function startsTheClock(code: Code, body: TSESTree.Node, call: CallNode): boolean {
  return ownNodesIn(code, body).some((at) => at.type === "MemberExpression" && at.range[1] < call.range[0] && letsClockGo(propertyName(at)) && callOf(at) !== null);
}

function stopsTheClock(code: Code, body: TSESTree.Node): boolean {
  return stopped(code, body, () => ownNodesIn(code, body).some((at) => (at.type === "CallExpression" || at.type === "NewExpression") && isClock(code, at)));
}

function isClock(code: Code, { callee }: CallNode): boolean {
  return stopsClock(code.text.slice(...callee.range));
}

/** Whether a hook of a file or a suite stops it. */
function isStoppedByHook(code: Code, suite: FunctionNode | TSESTree.Program): boolean {
  return stopped(code, suite, () => ownNodesIn(code, suite.type === "Program" ? suite : suite.body).some((at) => isFunction(at) && isHook(at) && stopsTheClock(code, at.body)));
}

/** A second `await new Box().withReuse().start()`, where the first one's scope ends what both stand for. */
function isShared(code: Code, call: CallNode): boolean {
  const around = functionAround(call);
  if (around === null || !isToldToShare(code, call)) return false;
  return ownNodesIn(code, around.body).some((node) => {
    const other = node.type === "VariableDeclarator" && isScoped(node.parent) && node.init !== null ? unwrap(node.init) : null;
    return other?.type === "CallExpression" && other !== call && isToldToShare(code, other);
  });
}

/** Whether a builder in the chain of a call, or in the constant that it begins with, was told to give what others may have, too. */
export function isToldToShare(code: Code, { callee }: CallNode, depth = 0): boolean {
  let at = unwrap(callee);
  for (; at.type === "MemberExpression" || at.type === "CallExpression"; at = unwrap(at.type === "MemberExpression" ? at.object : at.callee)) {
    if (at.type === "MemberExpression" && asksForShared(propertyName(at))) return true;
  }
  const variable = at.type === "Identifier" ? variableOf(code, at) : null;
  const declarator = variable === null || variable.identifiers[0] === at ? null : declaratorOf(variable);
  const builder = declarator?.parent.kind === "const" && declarator.init !== null ? unwrap(declarator.init) : null;
  return builder?.type === "CallExpression" && depth < 3 && isToldToShare(code, builder, depth + 1);
}

/** `new FakeTime()` in a function that says `FakeTime.restore()`: a static method ends the one that there is. */
function isEndedByItsClass(code: Code, call: CallNode): boolean {
  if (call.type !== "NewExpression" || call.callee.type !== "Identifier") return false;
  const { name } = call.callee;
  return isInFunctionOf(code, call, ({ object, property }) => object.type === "Identifier" && object.name === name && property.type === "Identifier" && restores(property.name));
}

/** `await client.getById(id).stop()`: what nobody has waited for yet is ended by its name or its number. */
function isEndedByLookup(code: Code, call: CallNode): boolean {
  if (destinationOf(call).awaited || code.types?.isPromise(call) !== true) return false;
  return isInFunctionOf(code, call, (member) => {
    const found = unwrap(member.object);
    return found.type === "CallExpression" && found.callee.type === "MemberExpression" && findsByKey(propertyName(found.callee)) && isRelease(code, member);
  });
}

/** Whether the function around a call calls such a member behind it, without arguments. */
function isInFunctionOf(code: Code, call: CallNode, is: (member: TSESTree.MemberExpression) => boolean): boolean {
  const around = functionAround(call);
  if (around === null) return false;
  return ownNodesIn(code, around.body).some((at) => at.type === "MemberExpression" && at.range[0] > call.range[1] && callOf(at)?.arguments.length === 0 && is(at));
}

/** `if (await page.hasTools()) return await page.openTools()`: behind such a question of the same object it is open already. */
function isOpenAlready(code: Code, call: CallNode): boolean {
  if (call.callee.type !== "MemberExpression") return false;
  const object = code.text.slice(...call.callee.object.range);
  let inner: TSESTree.Node = call;
  for (const at of ancestorsOf(call)) {
    if (isFunction(at)) return false;
    if ((at.type === "IfStatement" || at.type === "ConditionalExpression") && at.consequent === inner && asksOf(code, at.test, object)) return true;
    inner = at;
  }
  return false;
}

function asksOf(code: Code, test: TSESTree.Expression, object: string): boolean {
  const asked = unwrap(test);
  const member = asked.type === "CallExpression" ? asked.callee : asked;
  return member.type === "MemberExpression" && asksWhetherOpen(propertyName(member)) && code.text.slice(...member.object.range) === object;
}

const mocked = memory<ReadonlySet<string>>();

/** The modules that a test replaces: `vi.mock("./client.js")`. */
function mockedModules(code: Code): ReadonlySet<string> {
  return mocked(code, code.ast, () => {
    if (!code.text.includes("mock")) return new Set();
    const calls = [...nodesIn(code, code.ast)].filter((node) => node.type === "CallExpression" && mocksModule(code.text.slice(...node.callee.range)));
    return new Set(calls.flatMap((call) => {
      const [module] = (call as TSESTree.CallExpression).arguments;
      const named = module?.type === "ImportExpression" ? module.source : module;
      return named?.type === "Literal" && typeof named.value === "string" ? [named.value] : [];
    }));
  });
}

/**
 * Whether the file replaces the module that makes the resource: the one that the
 * call's function or class comes from, or one of the project's own that a class of
 * the project is built on.
 */
function isMocked(code: Code, call: CallNode): boolean {
  const modules = mockedModules(code);
  if (modules.size === 0) return false;
  const from = importedFrom(code, call);
  return from !== null && (modules.has(from) || (from.startsWith(".") && [...modules].some((module) => module.startsWith("."))));
}

/** The module that the root of a call's chain is imported from. */
function importedFrom(code: Code, call: CallNode): string | null {
  const root = rootOf(call.callee);
  if (root.type === "NewExpression") return importedFrom(code, root);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  const definition = variable?.defs[0];
  const { parent } = definition?.node ?? {};
  if (parent?.type === "ImportDeclaration") return parent.source.value;
  const declarator = definition?.node.type === "VariableDeclarator" ? definition.node : null;
  const made = declarator?.init == null ? null : unwrap(declarator.init);
  return made?.type === "NewExpression" || made?.type === "CallExpression" ? importedFrom(code, made) : null;
}
