/** Which exported generator has the shape of a manager, but is given to no manager helper? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isRelease } from "../release/release-name.js";
import { callOf, unwrap } from "../values/destination.js";
import { functionAround, isGenerator, ownNodesIn, type GeneratorNode } from "../values/functions.js";
import { declaratorOf, readsOf, scopedBy, variableOf, type Variable } from "../values/variables.js";
import { isInLoop } from "./advanced-generator.js";
import { triesAround, yieldsIn } from "./manager.js";

/** An exported generator that has the shape of a manager and is given to no helper. */
export interface UnwrappedManager {
  readonly body: GeneratorNode;
  readonly name: TSESTree.Identifier;
  /** The only `yield`. */
  readonly at: TSESTree.YieldExpression;
  /** What releases the value: a call in `finally`, or a `using` declaration. */
  readonly release: TSESTree.Node;
}

/**
 * The bare manager that an exported name is: an async generator that acquires,
 * yields what it acquired, once, and releases it. Whatever else the file does with
 * it says that it is meant as a generator, and so does a declared iterable.
 */
export function unwrappedManager(code: Code, exported: TSESTree.Identifier): UnwrappedManager | null {
  const variable = variableOf(code, exported);
  const [definition, second] = variable?.defs ?? [];
  if (variable == null || definition === undefined || second !== undefined || variable.scope.type !== "module") return null;
  const declared = definition.node;
  const node = declared.type === "FunctionDeclaration" ? declared : declared.type === "VariableDeclarator" && declared.parent.kind === "const" ? declared.init : null;
  if (node === null || !isGenerator(node) || !node.async || declaresIterable(node)) return null;
  if (readsOf(variable).some((read) => read.parent.type !== "ExportSpecifier" && read.parent.type !== "ExportDefaultDeclaration")) return null;
  const [at, another] = yieldsIn(code, node);
  if (at === undefined || another !== undefined || at.delegate || at.argument === null || isInLoop(at, node.body)) return null;
  for (const name of namesIn(at.argument)) {
    const value = variableOf(code, name);
    const release = value === null ? null : releaseOf(code, node, at, value);
    if (release !== null) return { body: node, name: definition.name as TSESTree.Identifier, at, release };
  }
  return null;
}

/** Whether the declared type of a generator says that it is something to iterate. */
export function declaresIterable({ returnType }: GeneratorNode): boolean {
  const type = returnType?.typeAnnotation;
  return type !== undefined && !(type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "AsyncGenerator");
}

/** What is yielded itself: a name, or the names in a literal. */
function namesIn(expression: TSESTree.Node): readonly TSESTree.Identifier[] {
  const inner = unwrap(expression);
  switch (inner.type) {
    case "ArrayExpression":
      return inner.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    case "Identifier":
      return [inner];
    case "ObjectExpression":
      return inner.properties.flatMap((property) => (property.type === "Property" ? namesIn(property.value) : []));
    default:
      return [];
  }
}

/** What releases the variable's value when the generator is left at its `yield`; only of a variable that the generator fills by a call. */
function releaseOf(code: Code, node: GeneratorNode, at: TSESTree.YieldExpression, variable: Variable): TSESTree.Node | null {
  const declarator = declaratorOf(variable);
  if (declarator === null || functionAround(declarator) !== node) return null;
  if (scopedBy(variable) !== null) return declarator.parent;
  const init = declarator.init === null ? null : unwrap(declarator.init);
  if (init !== null && init.type !== "CallExpression" && init.type !== "NewExpression") return null;
  for (const { part, statement } of triesAround(at)) {
    if (part !== "block" || statement.finalizer === null) continue;
    const release = ownNodesIn(code, statement.finalizer).find(
      (each) => each.type === "MemberExpression" && each.object.type === "Identifier" && variableOf(code, each.object) === variable && callOf(each) !== null && isRelease(code, each),
    );
    if (release !== undefined) return release.parent ?? null;
  }
  return null;
}
