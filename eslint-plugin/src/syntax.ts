import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

/** A file whose parser says where each kind of node has its children. */
interface HasVisitorKeys {
  readonly visitorKeys: TSESLint.SourceCode.VisitorKeys;
}

/** The child nodes of a node, in source order. */
export function childrenOf(code: HasVisitorKeys, node: TSESTree.Node): readonly TSESTree.Node[] {
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
  code: HasVisitorKeys,
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

/** The innermost node around a range, itself included. */
export function nodeAround(code: HasVisitorKeys & { readonly ast: TSESTree.Program }, [start, end]: readonly [number, number]): TSESTree.Node {
  let node: TSESTree.Node = code.ast;
  for (;;) {
    const inner: TSESTree.Node | undefined = childrenOf(code, node).findLast(({ range }) => range[0] <= start && end <= range[1]);
    if (inner === undefined) return node;
    node = inner;
  }
}
