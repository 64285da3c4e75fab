import type { TSESTree } from "@typescript-eslint/utils";

import { memory, nodesIn, type Code, type FunctionNode } from "../code.js";
import { isNothing, unwrap } from "./destination.js";
import { disposalBy, isReleaseName, symbolOf, type DisposeSymbol } from "./dispose.js";
import { isConstructor, type FieldUse, type OwnedField } from "./fields.js";
import { isFunction } from "./references.js";

/** A member by which a class lets go of what it holds. */
export interface Teardown {
  /** By what it is called: a symbol, a framework, or whoever knows its name. */
  readonly by: "framework" | "name" | "symbol";
  readonly symbol: DisposeSymbol | null;
  /** As messages call it: `[Symbol.asyncDispose]()`, `close()`. */
  readonly text: string;
  readonly member: TSESTree.MethodDefinition | TSESTree.PropertyDefinition;
  /** Its body, where it is written in place. */
  readonly body: FunctionNode | null;
}

/** Methods that frameworks call at an object's end: Nest, Angular, custom elements and Lit, React, Vue, Obsidian. */
const hooks = /^(?:before(?:ApplicationShutdown|Destroy|Unmount)|componentWillUnmount|d(?:estroyed|isconnectedCallback)|hostDisconnected|ngOnDestroy|on(?:ApplicationShutdown|Destroy|Module(?:Destroy|Unload)|[Uu]nload)|unmounted)$/u;

const teardowns = memory<readonly Teardown[]>();

/** The members by which a class lets go of what it holds; a method with the name of a release only where it releases something. */
export function teardownsOf(code: Code, body: TSESTree.ClassBody): readonly Teardown[] {
  return teardowns(code, body, () => body.body.flatMap((member) => teardownAt(code, body, member)));
}

function teardownAt(code: Code, body: TSESTree.ClassBody, member: TSESTree.ClassElement): readonly Teardown[] {
  if ((member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") || member.static || isConstructor(member)) return [];
  const { computed, key, value } = member;
  const symbol = symbolOf(key, computed);
  const name = computed || key.type !== "Identifier" ? null : key.name;
  const around = value !== null && isFunction(value) ? value : null;
  const made = { symbol, member, body: around };
  if (symbol !== null) return [{ ...made, by: "symbol", text: `[Symbol.${symbol}]()` }];
  if (name === null || around === null) return [];
  if (hooks.test(name)) return [{ ...made, by: "framework", text: `${name}()` }];
  return isReleaseName(code, name) && [member, ...reachedFrom(code, body, around)].some((each) => releasesIn(code, each)) ? [{ ...made, by: "name", text: `${name}()` }] : [];
}

function releasesIn(code: Code, member: TSESTree.ClassElement): boolean {
  return [...nodesIn(code, member)].some((node) => node.type === "MemberExpression" && disposalBy(code, node) !== null && unwrap(node.object).type !== "ThisExpression");
}

/** The members of a class that a function uses by their names, directly or through others of them. */
export function reachedFrom(code: Code, body: TSESTree.ClassBody, start: TSESTree.Node): ReadonlySet<TSESTree.ClassElement> {
  const reached = new Set<TSESTree.ClassElement>();
  const follow = (from: TSESTree.Node): void => {
    for (const node of nodesIn(code, from)) {
      const key = node.type === "MemberExpression" && unwrap(node.object).type === "ThisExpression" ? keyText(node.property, node.computed) : null;
      const member = key === null ? undefined : body.body.find((each) => "key" in each && "computed" in each && keyText(each.key as TSESTree.Node, each.computed) === key);
      if (member === undefined || reached.has(member)) continue;
      reached.add(member);
      follow(member);
    }
  };
  follow(start);
  return reached;
}

/** A key that can be compared: a name, or a symbol of `Symbol`. */
function keyText(key: TSESTree.Node, computed: boolean): string | null {
  const symbol = symbolOf(key, computed);
  if (symbol !== null) return `Symbol.${symbol}`;
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  return key.type === "Identifier" && !computed ? key.name : null;
}

/**
 * Whether a class disposes what a field holds anywhere but where it puts another
 * resource in its place.
 */
export function isLetGo(code: Code, body: TSESTree.ClassBody, { uses, writes }: OwnedField): boolean {
  const disposals = uses.filter(({ how }) => how === "disposed");
  if (disposals.length === 0) return false;
  const isReplacement = ({ at, member }: FieldUse): boolean => writes.some((write) => write.member === member && write.at > at.range[0] && !isNothing(write.value));
  if (!disposals.every(isReplacement)) return true;
  const final = new Set(teardownsOf(code, body).flatMap(({ member }) => [member, ...reachedFrom(code, body, member)]));
  return disposals.some(({ member }) => final.has(member));
}
