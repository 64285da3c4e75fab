import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Settings } from "./settings.js";
import type { Types } from "./types/types.js";

/**
 * One source file as ownership and flow see it: syntax, scopes and, where the
 * program is known, types. The linted file and every other file whose function
 * bodies are looked into have the same shape.
 */
export interface Code {
  readonly fileName: string;
  readonly ast: TSESTree.Program;
  readonly text: string;
  readonly isJavaScript: boolean;
  readonly scopes: TSESLint.Scope.ScopeManager;
  readonly settings: Settings;
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
  /** `null` without type information: then every typed question stays unasked. */
  readonly types: Types | null;
}

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

/** The child nodes of a node, in source order. */
export function childrenOf(code: Pick<Code, "visitorKeys">, node: TSESTree.Node): readonly TSESTree.Node[] {
  return (code.visitorKeys[node.type] ?? []).flatMap((key) => {
    const child = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[key];
    if (Array.isArray(child)) return child.filter((each) => each !== null);
    return child == null ? [] : [child];
  });
}

/**
 * All nodes below and including a node, in source order.
 *
 * @param enter whether to go into a node's children; by default into all
 */
export function* nodesIn(
  code: Pick<Code, "visitorKeys">,
  node: TSESTree.Node,
  enter: (node: TSESTree.Node) => boolean = () => true,
): Generator<TSESTree.Node, void, void> {
  yield node;
  if (!enter(node)) return;
  for (const child of childrenOf(code, node)) yield* nodesIn(code, child, enter);
}

/** The nodes around a node, innermost first. */
export function* ancestorsOf(node: TSESTree.Node): Generator<TSESTree.Node, void, void> {
  // ESLint gives the program `null` as its parent; the types say `undefined`.
  for (let at: TSESTree.Node | null | undefined = node.parent; at != null; at = at.parent) yield at;
}

/**
 * A memory of answers about nodes or variables, kept for each file's code: the
 * tree of a file may outlive a program, what is true of it does not.
 */
export function memory<Answer>(): (code: Code, key: object, answer: () => Answer) => Answer {
  const memories = new WeakMap<Code, WeakMap<object, { readonly answer: Answer }>>();
  return (code, key, answer) => {
    const known = memories.get(code) ?? new WeakMap<object, { readonly answer: Answer }>();
    memories.set(code, known);
    let found = known.get(key);
    if (found === undefined) {
      found = { answer: answer() };
      known.set(key, found);
    }
    return found.answer;
  };
}
