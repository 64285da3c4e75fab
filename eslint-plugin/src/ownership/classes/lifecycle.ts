import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isGlobal, variableOf } from "../values/variables.js";

/** How a framework ends the objects that it makes of a class: no scope of anybody's does. */
export interface Lifecycle {
  readonly framework: string;
  /** The method that it calls at the end. */
  readonly end: string;
  /** It waits for the promise that the method gives. */
  readonly awaits: boolean;
  /** The method by which an object begins anew after its end; `null` where that is final. */
  readonly begin: string | null;
}

/** What makes a class one of a framework's: names that its modules export, as what the class has them. */
interface Sign {
  readonly lifecycle: Lifecycle;
  readonly modules: RegExp;
  readonly as: "base" | "contract" | "decorator";
  readonly names: RegExp;
}

const angular: Lifecycle = { framework: "Angular", end: "ngOnDestroy", awaits: false, begin: null };
const element: Lifecycle = { framework: "the document", end: "disconnectedCallback", awaits: false, begin: "connectedCallback" };
const lit: Lifecycle = { ...element, framework: "Lit" };
const controller: Lifecycle = { framework: "Lit", end: "hostDisconnected", awaits: false, begin: "hostConnected" };
const nest: Lifecycle = { framework: "Nest", end: "onModuleDestroy", awaits: true, begin: null };
const obsidian: Lifecycle = { framework: "Obsidian", end: "onunload", awaits: false, begin: "onload" };
const react: Lifecycle = { framework: "React", end: "componentWillUnmount", awaits: false, begin: "componentDidMount" };
const vue: Lifecycle = { framework: "Vue", end: "beforeUnmount", awaits: false, begin: null };

const litModules = /^(?:@lit\/reactive-element|lit|lit-element)(?:\/|$)/u;

const signs: readonly Sign[] = [
  { lifecycle: nest, modules: /^@nestjs\//u, as: "decorator", names: /^(?:Catch|Controller|Injectable|Module|Processor|Resolver|WebSocketGateway)$/u },
  { lifecycle: nest, modules: /^@nestjs\/common$/u, as: "contract", names: /^(?:BeforeApplicationShutdown|On(?:Application(?:Bootstrap|Shutdown)|Module(?:Destroy|Init)))$/u },
  { lifecycle: angular, modules: /^@angular\/core$/u, as: "decorator", names: /^(?:Component|Directive|Injectable|NgModule|Pipe)$/u },
  { lifecycle: angular, modules: /^@angular\/core$/u, as: "contract", names: /^(?:After(?:Content|View)(?:Checked|Init)|DoCheck|On(?:Changes|Destroy|Init))$/u },
  { lifecycle: lit, modules: litModules, as: "base", names: /^(?:LitElement|ReactiveElement)$/u },
  { lifecycle: controller, modules: litModules, as: "contract", names: /^ReactiveController$/u },
  { lifecycle: react, modules: /^react$/u, as: "base", names: /^(?:Pure)?Component$/u },
  { lifecycle: vue, modules: /^vue-facing-decorator$/u, as: "base", names: /^Vue$/u },
  { lifecycle: obsidian, modules: /^obsidian$/u, as: "base", names: /^(?:Component|Plugin)$/u },
];

/**
 * The framework that makes and ends the objects of a class, by what the class
 * imports as its decorator, its base or its contract, or by a hook that its base
 * class has; `null` where nothing shows one, and for Nest's providers of one
 * request, which Nest does not end.
 */
export function lifecycleOf(code: Code, declared: TSESTree.ClassDeclaration): Lifecycle | null {
  const { decorators, implements: contracts, superClass } = declared;
  if (decorators.some(({ expression }) => isOfOneRequest(expression))) return null;
  const mentions: readonly { readonly as: Sign["as"]; readonly node: TSESTree.Node }[] = [
    ...decorators.map(({ expression }) => ({ as: "decorator" as const, node: expression.type === "CallExpression" ? expression.callee : expression })),
    ...(superClass === null ? [] : [{ as: "base" as const, node: superClass }]),
    ...contracts.map(({ expression }) => ({ as: "contract" as const, node: expression })),
  ];
  for (const { as, node } of mentions) {
    const imported = importedAs(code, node);
    const sign = imported === null ? undefined : signs.find((each) => each.as === as && each.modules.test(imported.from) && each.names.test(imported.name));
    if (sign !== undefined) return sign.lifecycle;
  }
  if (superClass === null) return null;
  if (superClass.type === "Identifier" && isGlobal(code, superClass) && /^HTML\w*Element$/u.test(superClass.name)) return element;
  const hooked = [nest, angular, element, react].find(({ end }) => code.types?.inheritedDisposer(declared, { name: end }) != null);
  return baseLifecycle(code, superClass) ?? hooked ?? null;
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
