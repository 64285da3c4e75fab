/** Which frameworks make and end the objects of a class, and by which signs is such a class known? */

import { matching, type Word } from "../lexicon/word.js";

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
export interface FrameworkSign {
  readonly lifecycle: Lifecycle;
  readonly modules: Word;
  readonly as: "base" | "contract" | "decorator";
  readonly names: Word;
}

const angular: Lifecycle = { framework: "Angular", end: "ngOnDestroy", awaits: false, begin: null };
export const element: Lifecycle = { framework: "the document", end: "disconnectedCallback", awaits: false, begin: "connectedCallback" };
const lit: Lifecycle = { ...element, framework: "Lit" };
const controller: Lifecycle = { framework: "Lit", end: "hostDisconnected", awaits: false, begin: "hostConnected" };
const nest: Lifecycle = { framework: "Nest", end: "onModuleDestroy", awaits: true, begin: null };
const obsidian: Lifecycle = { framework: "Obsidian", end: "onunload", awaits: false, begin: "onload" };
const react: Lifecycle = { framework: "React", end: "componentWillUnmount", awaits: false, begin: "componentDidMount" };
const vue: Lifecycle = { framework: "Vue", end: "beforeUnmount", awaits: false, begin: null };

const litModules = matching(/^(?:@lit\/reactive-element|lit|lit-element)(?:\/|$)/u);

/** What a class imports and has as its decorator, its base or its contract. */
export const signs: readonly FrameworkSign[] = [
  { lifecycle: nest, modules: matching(/^@nestjs\//u), as: "decorator", names: matching(/^(?:Catch|Controller|Injectable|Module|Processor|Resolver|WebSocketGateway)$/u) },
  { lifecycle: nest, modules: matching(/^@nestjs\/common$/u), as: "contract", names: matching(/^(?:BeforeApplicationShutdown|On(?:Application(?:Bootstrap|Shutdown)|Module(?:Destroy|Init)))$/u) },
  { lifecycle: angular, modules: matching(/^@angular\/core$/u), as: "decorator", names: matching(/^(?:Component|Directive|Injectable|NgModule|Pipe)$/u) },
  { lifecycle: angular, modules: matching(/^@angular\/core$/u), as: "contract", names: matching(/^(?:After(?:Content|View)(?:Checked|Init)|DoCheck|On(?:Changes|Destroy|Init))$/u) },
  { lifecycle: lit, modules: litModules, as: "base", names: matching(/^(?:LitElement|ReactiveElement)$/u) },
  { lifecycle: controller, modules: litModules, as: "contract", names: matching(/^ReactiveController$/u) },
  { lifecycle: react, modules: matching(/^react$/u), as: "base", names: matching(/^(?:Pure)?Component$/u) },
  { lifecycle: vue, modules: matching(/^vue-facing-decorator$/u), as: "base", names: matching(/^Vue$/u) },
  { lifecycle: obsidian, modules: matching(/^obsidian$/u), as: "base", names: matching(/^(?:Component|Plugin)$/u) },
];

/** Frameworks that end an object of a class whose base, wherever it is declared, has their hook. */
export const toldByHook: readonly Lifecycle[] = [nest, angular, element, react];

/** The classes of the document's elements. */
export const isElementClass = matching(/^HTML\w*Element$/u);
