/** Where does the value of a reference go, and what happens to the resource there? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { sends } from "../../lexicon/living.js";
import type { FunctionNode } from "../../syntax.js";
import { isReleaseName } from "../release/release-name.js";
import { destinationOf, propertyName } from "../values/destination.js";
import { closureAround } from "../values/functions.js";
import { isTestCase } from "../values/test-code.js";
import { isScoped, ownerFunction, readsOf, variableOf, writesOf, type Variable } from "../values/variables.js";
import { closureEffect } from "./closure-effect.js";
import { derivedEffect, outlasts, type Held } from "./derived-effect.js";
import { memberEffect } from "./member-effect.js";
import { handlesIn, takesRelease } from "./pattern.js";
import { borrowed, unknown, type AskArgument, type Effect, type Followed, type Reference, type Use } from "./use.js";

const known = memory<readonly Use[]>();

/**
 * Everything the code does with the resource in a variable, aliases and closures
 * included; remembered whoever asks, since there is one answer to who owns an argument.
 */
export function followVariable(code: Code, variable: Variable, ask: AskArgument): readonly Use[] {
  return known(code, variable, () => followReferences(code, readsOf(variable), ownerFunction(variable), ask));
}

/**
 * Everything that some references do with the resource that they all stand for.
 *
 * @param home the function in which the resource lives
 */
export function followReferences(code: Code, references: readonly Reference[], home: FunctionNode | null, ask: AskArgument, depth = 0, isDerived = false): readonly Use[] {
  return references.flatMap((reference) => {
    const closure = closureAround(reference, home);
    const uses = follow({ code, home, ask, depth, isDerived, reference }, reference);
    const effects = closure === null ? uses : [{ ...closureEffect(code, closure, uses), reference }];
    return home !== null && isTestCase(home) ? effects.map(withinTest) : effects;
  });
}

/** Nothing is meant to outlive a test: what only works with a resource, or hears of it, lets it go with the test. */
function withinTest(use: Use): Use {
  const { how, via } = use;
  return how === "unknown" && (via === "closure" || via === "listener" || via === "view") ? { ...use, how: "borrowed" } : use;
}

function follow(from: Followed, node: TSESTree.Node): readonly Use[] {
  const { code, reference } = from;
  const destination = destinationOf(node);
  const { value } = destination;
  const used = (how: Use["how"], via: Use["via"], at: TSESTree.Node): readonly Use[] => [{ how, via, at, reference }];
  if (destination.awaited && !from.isDerived && code.types?.isAwaitableResource(node) === true) return used("unknown", null, value);
  if (destination.mixed && isNarrowedToData(code, node)) return used("borrowed", null, value);
  switch (destination.to) {
    case "argument": {
      const { call, index, spread } = destination;
      const owner = spread ? "unknown" : from.ask(code, call, index);
      if (owner === "takes") return used("transferred", "argument", call);
      if (owner === "unknown") return used("unknown", "argument", call);
      return owner === "passthrough" ? follow(from, call) : followDerived(from, call);
    }
    case "assigned": {
      const { left } = destination.assignment;
      return used(left.type === "MemberExpression" ? "transferred" : "unknown", "store", destination.assignment);
    }
    case "declared":
      return followDeclarator(from, destination.declarator);
    case "discarded":
    case "tested":
      return used("borrowed", null, value);
    case "iterated":
      return used("transferred", "iteration", value);
    case "literal":
      return used("transferred", "literal", destination.literal);
    case "receiver":
      return followMember(from, destination.member);
    case "returned":
    case "thrown":
    case "yielded":
      return used("transferred", "return", value);
    case "other":
      if (!isCalled(value)) return used("unknown", null, value);
      return isReleaseName(from.code, nameOf(value)) ? used("disposed", "method", value.parent) : followDerived(from, value.parent);
  }
}

/** `typeof source === "string" ? source : …`, of a variable that may hold a text instead of a resource: here it holds the text. */
function isNarrowedToData(code: Code, node: TSESTree.Node): boolean {
  const [declared] = node.type === "Identifier" ? (variableOf(code, node)?.identifiers ?? []) : [];
  return declared !== undefined && !isData(code, declared) && isData(code, node);
}

function isData({ types }: Code, node: TSESTree.Node): boolean {
  return types !== null && !types.isUnknown(node) && !types.isHandle(node) && !types.isLazyView(node) && types.resource(node).kind === "none";
}

/** The name by which a resource is written: `abort` of `this.#abort()`, which ends it. */
function nameOf(value: TSESTree.Node): string {
  const name = value.type === "MemberExpression" ? propertyName(value) : value.type === "Identifier" ? value.name : null;
  return (name ?? "").replace(/^[#_]+/u, "");
}

/** A resource that is itself a function is used by calling it: `run("a")`, `` sql`select 1` ``. */
function isCalled(value: TSESTree.Node): value is TSESTree.Node & { parent: TSESTree.Node } {
  const { parent } = value;
  return (parent?.type === "CallExpression" && parent.callee === value) || (parent?.type === "TaggedTemplateExpression" && parent.tag === value);
}

function followDeclarator(from: Followed, declarator: TSESTree.VariableDeclarator): readonly Use[] {
  const { code } = from;
  if (isScoped(declarator.parent)) return [useBy(from, { how: "disposed", via: "using", at: declarator })];
  if (declarator.id.type !== "Identifier") return effectsOfPattern(from, declarator.id, declarator, ({ isView }) => isView).map((effect) => useBy(from, effect));
  const alias = variableOf(code, declarator.id);
  return alias === null || writesOf(alias).length > 1 ? [useBy(from, unknown(declarator))] : followAlias(from, alias);
}

/**
 * What becomes of a resource by those parts that a pattern takes out of it and that count.
 *
 * @param whole what is evaluated with the pattern
 */
export function effectsOfPattern(from: Pick<Followed, "ask" | "code" | "depth">, pattern: TSESTree.DestructuringPattern, whole: TSESTree.Node, counts: (part: Held) => boolean): readonly Effect[] {
  const { code } = from;
  if (takesRelease(code, pattern)) return [unknown(whole)];
  const handles = handlesIn(code, pattern);
  if (handles === null) return [unknown(whole, "view")];
  const lasting = handles.filter(counts).flatMap((held) => followAlias({ ...from, isDerived: true }, held.variable).filter((use) => outlasts(held, use)));
  return [borrowed(whole), ...lasting.map(({ at, via }) => unknown(at, via))];
}

function followAlias({ ask, code, depth, isDerived }: Pick<Followed, "ask" | "code" | "depth" | "isDerived">, alias: Variable): readonly Use[] {
  if (depth > 3) return alias.identifiers.map((identifier) => ({ ...unknown(identifier), reference: identifier }));
  return followReferences(code, readsOf(alias), ownerFunction(alias), ask, depth + 1, isDerived);
}

function followMember(from: Followed, member: TSESTree.MemberExpression): readonly Use[] {
  // What belongs to a resource is used by being sent something; a worker that is dropped then lives on.
  if (from.isDerived && sends(propertyName(member))) return [useBy(from, borrowed(member))];
  const effect = memberEffect(from.code, member);
  if (!("gives" in effect)) return [useBy(from, effect)];
  return effect.gives === "itself" ? follow(from, effect.at) : followDerived(from, effect.at);
}

function followDerived(from: Followed, node: TSESTree.Node): readonly Use[] {
  const effect = derivedEffect(from, node);
  if (!("variable" in effect)) return [useBy(from, effect)];
  const lasting = followAlias({ ...from, isDerived: true }, effect.variable).filter((use) => outlasts(effect, use));
  return [borrowed(effect.at), ...lasting.map(({ at, via }) => unknown(at, via))].map((each) => useBy(from, each));
}

/** What the followed reference does. */
function useBy({ reference }: Followed, effect: Effect): Use {
  return { ...effect, reference };
}
