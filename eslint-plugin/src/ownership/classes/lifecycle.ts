/** Which framework makes and ends the objects of a class? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { element, isElementClass, signs, toldByHook, type FrameworkSign, type Lifecycle } from "../../libraries/frameworks.js";
import { isGlobal, variableOf } from "../values/variables.js";

/**
 * The framework that makes and ends the objects of a class, by what the class
 * imports as its decorator, its base or its contract, or by a hook that its base
 * class has; `null` where nothing shows one, and for Nest's providers of one
 * request, which Nest does not end.
 */
export function lifecycleOf(code: Code, declared: TSESTree.ClassDeclaration): Lifecycle | null {
  const { decorators, implements: contracts, superClass } = declared;
  if (decorators.some(({ expression }) => isOfOneRequest(expression))) return null;
  const mentions: readonly { readonly as: FrameworkSign["as"]; readonly node: TSESTree.Node }[] = [
    ...decorators.map(({ expression }) => ({ as: "decorator" as const, node: expression.type === "CallExpression" ? expression.callee : expression })),
    ...(superClass === null ? [] : [{ as: "base" as const, node: superClass }]),
    ...contracts.map(({ expression }) => ({ as: "contract" as const, node: expression })),
  ];
  for (const { as, node } of mentions) {
    const imported = importedAs(code, node);
    const sign = imported === null ? undefined : signs.find((each) => each.as === as && each.modules(imported.from) && each.names(imported.name));
    if (sign !== undefined) return sign.lifecycle;
  }
  if (superClass === null) return null;
  if (superClass.type === "Identifier" && isGlobal(code, superClass) && isElementClass(superClass.name)) return element;
  const inherited = toldByHook.find(({ end }) => code.types?.inheritedDisposer(declared, { name: end }) != null);
  return baseLifecycle(code, superClass) ?? inherited ?? null;
}

/** `@Injectable({ scope: Scope.REQUEST })` */
function isOfOneRequest(decorator: TSESTree.Expression): boolean {
  const options = decorator.type === "CallExpression" ? decorator.arguments : [];
  return options.some((each) => each.type === "ObjectExpression" && each.properties.some((property) => property.type === "Property" && property.key.type === "Identifier" && property.key.name === "scope"));
}

/** The lifecycle of a base class in this file. */
function baseLifecycle(code: Code, base: TSESTree.Expression): Lifecycle | null {
  const definition = base.type === "Identifier" ? variableOf(code, base)?.defs[0]?.node : undefined;
  return definition?.type === "ClassDeclaration" && definition.superClass !== base ? lifecycleOf(code, definition) : null;
}

/** The name and the module of what an identifier, or a member of a namespace, is imported as. */
function importedAs(code: Code, node: TSESTree.Node): { readonly from: string; readonly name: string } | null {
  const root = node.type === "MemberExpression" ? node.object : node;
  const definition = root.type === "Identifier" ? variableOf(code, root)?.defs[0]?.node : undefined;
  if (definition?.parent.type !== "ImportDeclaration") return null;
  const { value: from } = definition.parent.source;
  if (node.type === "MemberExpression") return node.property.type === "Identifier" ? { from, name: node.property.name } : null;
  return definition.type === "ImportSpecifier" && definition.imported.type === "Identifier" ? { from, name: definition.imported.name } : null;
}
