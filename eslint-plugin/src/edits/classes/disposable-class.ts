/** Which disposer can a class get, or why can it get none? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { closesItsClass } from "../../lexicon/releasing.js";
import { fieldsOf, type Field } from "../../ownership/classes/fields.js";
import { disposalBy } from "../../ownership/release/release-name.js";
import { callOf, propertyName, unwrap } from "../../ownership/values/destination.js";
import { nodesIn, type FunctionNode } from "../../syntax.js";
import type { Edit } from "../text/edit.js";
import { indentAt, newlineOf, unitOf } from "../text/lines.js";

/** How a class becomes one that a scope can dispose, or why it does not. */
export interface DisposableClass {
  readonly contract: "AsyncDisposable" | "Disposable";
  readonly edits: readonly Edit[];
  /** Why it cannot be changed; `null` where it can. */
  readonly refused: string | null;
}

/**
 * Gives a class without a disposer of its own one that calls the method by which
 * it is closed so far, disposes the fields that it acquires, the latest first, and
 * then its base class; `null` where there is nothing to dispose.
 */
export function makeClassDisposable(code: Code, declared: TSESTree.ClassDeclaration): DisposableClass | null {
  const { types } = code;
  if (types === null && declared.superClass !== null) return null;
  // What ESLint's own parser reads is JavaScript, whatever the file's name.
  if (!code.isJavaScript && !("implements" in declared)) return null;
  const refuse = (refused: string, contract: DisposableClass["contract"] = "AsyncDisposable"): DisposableClass => ({ contract, edits: [], refused });
  const fields = fieldsOf(code, declared.body);
  const owned = fields.filter(({ acquiredAt }) => acquiredAt !== null).sort((one, other) => (other.acquiredAt ?? 0) - (one.acquiredAt ?? 0));
  const close = closingMethod(code, declared.body);
  const base = declared.superClass === null ? null : (types?.resource(declared) ?? null);
  if (owned.length === 0 && close === null) {
    const [given] = fields;
    return given === undefined ? null : refuse(`The class is given \`${given.name}\` and need not own it; nothing else in it is to be disposed.`);
  }
  if (base !== null && base.kind !== "none" && base.kind !== "async" && base.kind !== "sync") return refuse("Nothing tells how its base class is disposed.");
  const isAsync = base?.kind === "async" || close?.isAsync === true || owned.some(({ resource: { kind, release } }) => kind === "async" || release?.isAsync === true);
  const contract = isAsync ? "AsyncDisposable" : "Disposable";
  if (isAsync && base?.kind === "sync") return refuse("Its base class is disposed synchronously, and callers of that would skip what has to be awaited here.", contract);
  const inherits = base !== null && base.kind !== "none";
  if (inherits && close !== null) return refuse(`The disposer of its base class may call \`${close.name}()\` already.`, contract);
  const closed = close === null ? new Set<string>() : close.disposes;
  const symbol = isAsync ? "asyncDispose" : "dispose";
  if (inherits && types?.inheritedDisposer(declared, { symbol })?.callable !== true) return refuse("The disposer of its base class is abstract, or no method: `super` cannot call it.", contract);
  const steps = [
    ...(close === null ? [] : [`${close.isAsync ? "await " : ""}this.${close.name}();`]),
    ...owned.filter(({ name }) => !closed.has(name)).map(disposalOf),
    ...(inherits ? [`${isAsync ? "await " : ""}super[Symbol.${symbol}]();`] : []),
  ];
  return { contract, edits: [...contracts(code, declared, contract, inherits), memberAtEnd(code, declared.body, head(code, symbol, inherits), steps)], refused: null };
}

/** The statement that disposes what a field holds. */
export function disposalOf({ name, optional, resource: { kind, nullable, release } }: Field): string {
  const link = nullable || optional ? "?." : "";
  if (release !== null) return `${release.isAsync ? "await " : ""}this.${name}${nullable || optional ? "?" : ""}.${release.name}();`;
  return kind === "async" ? `await this.${name}${link}[Symbol.asyncDispose]();` : `this.${name}${link}[Symbol.dispose]();`;
}

/** A method by which a class is closed. */
export interface Closing {
  readonly name: string;
  readonly method: TSESTree.MethodDefinition;
  readonly isAsync: boolean;
  /** The fields that it disposes. */
  readonly disposes: ReadonlySet<string>;
}

/** The method that the class is closed by so far, if there is one. */
export function closingMethod(code: Code, body: TSESTree.ClassBody): Closing | null {
  const methods = body.body.filter((member) => member.type === "MethodDefinition" && !member.static && !member.computed && member.kind === "method");
  for (const method of methods as TSESTree.MethodDefinition[]) {
    const { key, value } = method;
    const name = key.type === "Identifier" ? key.name : key.type === "PrivateIdentifier" ? `#${key.name}` : "";
    if (!closesItsClass(name) || value.type !== "FunctionExpression" || value.generator || value.params.length > 0) continue;
    const promised = code.types === null ? (value.async ? "always" : null) : code.types.returnsPromise(value);
    const disposes = disposedIn(code, value);
    // A synchronous method may as well reset something: it counts only where it disposes.
    if (promised === "always" || (promised === "never" && disposes.size > 0)) return { name, method, isAsync: promised === "always", disposes };
  }
  return null;
}

function disposedIn(code: Code, method: FunctionNode): ReadonlySet<string> {
  const members = [...nodesIn(code, method.body)].filter((at) => at.type === "MemberExpression" && callOf(at) !== null && disposalBy(code, at) !== null);
  const objects = members.map((member) => unwrap((member as TSESTree.MemberExpression).object));
  return new Set(objects.map((object) => (object.type === "MemberExpression" && object.object.type === "ThisExpression" ? propertyName(object) : null)).filter((name) => name !== null));
}

/** Says of the class that it has the disposer; JavaScript cannot, and a base class has said it. */
function contracts(code: Code, { body, implements: all }: TSESTree.ClassDeclaration, contract: string, inherits: boolean): readonly Edit[] {
  if (code.isJavaScript || inherits) return [];
  const last = all.at(-1);
  if (last !== undefined) return [{ range: [last.range[1], last.range[1]], text: `, ${contract}` }];
  const [start] = body.range;
  const space = /\s/u.test(code.text[start - 1] ?? "") ? "" : " ";
  return [{ range: [start, start], text: `${space}implements ${contract} ` }];
}

function head({ isJavaScript }: Code, symbol: "asyncDispose" | "dispose", inherits: boolean): string {
  const isAsync = symbol === "asyncDispose";
  const result = isJavaScript ? "" : isAsync ? ": Promise<void>" : ": void";
  return `${inherits && !isJavaScript ? "override " : ""}${isAsync ? "async " : ""}[Symbol.${symbol}]()${result} {`;
}

/** A method behind the last member of a class. */
export function memberAtEnd(code: Code, body: TSESTree.ClassBody, opening: string, steps: readonly string[]): Edit {
  const newline = newlineOf(code);
  const outer = indentAt(code, body.range[1] - 1);
  const unit = unitOf(code, body);
  const inner = code.text.slice(body.range[0] + 1, body.range[1] - 1);
  const end = body.range[0] + 1 + inner.trimEnd().length;
  const lines = [`${outer}${unit}${opening}`, ...steps.map((step) => `${outer}${unit}${unit}${step}`), `${outer}${unit}}`, `${outer}}`];
  return { range: [end, body.range[1]], text: `${inner.trim() === "" ? newline : `${newline}${newline}`}${lines.join(newline)}` };
}
