import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

import type { Resource } from "./resource.js";
import type { Settings } from "./settings.js";
import type { CallNode, FunctionNode } from "./syntax.js";

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

/** What a call does with an argument, as far as the declared signature tells. */
export type ParameterRole = "constructor" | "disposable" | "other" | "passthrough";

/** The declaration behind a call, in our words. */
export interface Callee {
  /** Identity, for remembering answers: the same declaration, the same key. */
  readonly key: object;
  readonly name: string;
  /** Declared in the standard library, in Node's types, or elsewhere. */
  readonly origin: "lib" | "node" | "other";
  /** The package or the `node:` module that declares it, if known. */
  readonly module: string | null;
  /** The name of the class or interface whose member it is. */
  readonly owner: string | null;
  /** The JSDoc tags of the declaration with their texts. */
  readonly tags: ReadonlyMap<string, string>;
  /** The declared result is `this` or a type parameter that a value binds, promises looked through. */
  readonly handsBackItsInput: boolean;
  /** The declared result is a type parameter that only what a given function returns binds: `retry<T>(make: () => T): T`. */
  readonly handsBackResult: boolean;
  /** The declared result is `this`, promises looked through. */
  readonly handsBackItself: boolean;
  /** The declared result is written as `Disposable` or `AsyncDisposable`, alone or beside something else: made to be disposed. */
  readonly declaresDisposable: boolean;
  /** Its last parameter is a function: what it starts is done when that is called. */
  readonly takesCallback: boolean;
  /** The result can do nothing but be disposed: a registration's handle. */
  readonly returnsBareHandle: boolean;
}

/** A disposer that a base class gives its subclasses. */
export interface InheritedDisposer {
  /** `super` can call it: it is a method, and not abstract. */
  readonly callable: boolean;
  /** The name of the class that declares it; `""` for one without a name. */
  readonly owner: string;
  /** Its body, where that is in the program. */
  readonly body: FunctionInCode | null;
}

export interface FunctionInCode {
  readonly code: Code;
  readonly node: FunctionNode;
}

/**
 * The questions that ownership, flow and rules may ask about types. Everything
 * else about TypeScript stays inside `src/types/`.
 */
export interface Types {
  /** The kind of the value of an expression, promises looked through. */
  resource(node: TSESTree.Node): Resource;
  /** The kind of what iterating a value yields (arrays, iterables, async iterables). */
  element(node: TSESTree.Node): Resource;
  /**
   * Whether what a callee means, or may mean by its name, can return a resource:
   * the cheapest question, asked before the callee's type.
   */
  calleeCanReturnResource(callee: TSESTree.Node): boolean;
  /** Whether a function that a callee may mean is annotated to give one of its type parameters; as cheap. */
  calleeGivesTypeParameter(callee: TSESTree.Node): boolean;
  /** Whether the annotation of a value, or of what it gives when it is called, names a resource anywhere in it: `Task<Lock>`; as cheap. */
  calleeSpeaksOfResource(callee: TSESTree.Node): boolean;
  /** Whether a type that the program declares under this name may be a resource; true of unknown names. */
  typeCanBeResource(name: string): boolean;
  /**
   * Whether any declared signature of the callee returns a resource: the cheap
   * question that comes before a call is resolved with its arguments.
   */
  canReturnResource(call: CallNode): boolean;
  /** The declaration that this call resolves to. */
  callee(call: CallNode): Callee | null;
  /** What calling a function value with one signature gives, for a function that is passed on: `map(connect)`. */
  reference(node: TSESTree.Node): { readonly callee: Callee; readonly resource: Resource } | null;
  /** The body of that declaration, wherever in the program it stands. */
  body(callee: Callee): FunctionInCode | null;
  /** What the declared parameter at this argument position says about ownership. */
  parameterRole(call: CallNode, argument: number): ParameterRole;
  /** Whether the value is a promise or another thenable; `false` for `any`. */
  isPromise(node: TSESTree.Node): boolean;
  /** Whether the value is a resource that is a thenable itself, no promise of one: whoever awaits it may well wait for its end. */
  isAwaitableResource(node: TSESTree.Node): boolean;
  /** Whether the value is `any` or could not be resolved. */
  isUnknown(node: TSESTree.Node): boolean;
  /** Whether the call never returns. */
  neverReturns(call: TSESTree.CallExpression): boolean;
  /** Whether the value, used later, needs its source alive: a stream, an iterator, an iterable of async data, a resource. */
  isLazyView(node: TSESTree.Node): boolean;
  /** Whether the value, promises looked through, may be plain data beside what `isLazyView` finds. */
  mayBeData(node: TSESTree.Node): boolean;
  /** Whether the value is a function, or an object with methods of its own: a handle that may work only while its source is open. */
  isHandle(node: TSESTree.Node): boolean;
  /** Whether the value is iterable or a stream: whoever uses it up may well finish its source too. */
  carriesData(node: TSESTree.Node): boolean;
  /** How often a function's declared or inferred result is a promise; `null` where unknown. */
  returnsPromise(node: FunctionNode | TSESTree.TSEmptyBodyFunctionExpression): "always" | "never" | "sometimes" | null;
  /** Whether calling the value of an expression gives a promise, by every signature it has. */
  givesPromise(node: TSESTree.Node): boolean;
  /** Whether calling the value of an expression gives `void` or `undefined`, promises looked through. */
  givesNothing(node: TSESTree.Node): boolean;
  /** The kind that the place of an expression asks for (an annotation, a parameter, a declared result); `none` where it asks for nothing. */
  expected(node: TSESTree.Node): Resource;
  /** Whether the place of a function throws away what it gives, and takes a promise as well: a callback that is only called. */
  ignoresResult(node: FunctionNode): boolean;
  /**
   * The disposer that a class inherits, whether or not it overrides it; `null` where its base has none or is unknown.
   *
   * @param by its symbol, or the name of a method that releases
   */
  inheritedDisposer(node: TSESTree.ClassDeclaration, by: { readonly name: string } | { readonly symbol: "asyncDispose" | "dispose" }): InheritedDisposer | null;
  /** The names of what the value of an expression has, inherited members included, promises and `null` looked through. */
  membersOf(node: TSESTree.Node): ReadonlySet<string>;
  /** The body of the disposer that the value of an expression has, wherever in the program it stands. */
  disposerBody(node: TSESTree.Node, symbol: "asyncDispose" | "dispose"): FunctionInCode | null;
  /** Whether the program declares a global value of this name. */
  hasGlobal(name: string): boolean;
  /** The same, declared by the standard library or Node's types and by nobody else. */
  hasLibraryGlobal(name: string): boolean;
  /** The nearest module of the program that exports a value under one of these names, and how this file imports it. */
  exporter(names: ReadonlySet<string>): { readonly name: string; readonly from: string } | null;
  /** The type of an expression or a variable, as it can be written at the top of this file; `null` where a name in it is not known there. */
  annotation(node: TSESTree.Node): string | null;
  /** Whether the program declares a global type of this name. */
  hasGlobalType(name: string): boolean;
  /** Whether a member expression names a method that needs its `this`, which is lost when the method is passed on; `false` where that cannot be known. */
  isMethodReference(node: TSESTree.MemberExpression): boolean;
}
