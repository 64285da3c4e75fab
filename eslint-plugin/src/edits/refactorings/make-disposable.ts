import type { TSESTree } from "@typescript-eslint/utils";

import { nodesIn, type Code, type FunctionNode } from "../../code.js";
import { acquisitionIn } from "../../ownership/acquire.js";
import { callOf, propertyName, unwrap } from "../../ownership/destination.js";
import { disposalBy } from "../../ownership/dispose.js";
import { symbolsOf } from "../../ownership/disposer.js";
import { needsDisposal, type Resource } from "../../resource.js";
import type { Edit } from "../edit.js";
import { indentAt, newlineOf, unitOf } from "../lines.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** A field that holds a resource. */
interface Field {
  /** As it is written behind `this.`: `#conn`. */
  readonly name: string;
  readonly resource: Resource;
  /** Where the class acquires it, in the order of acquisition; `null` where it is given. */
  readonly acquiredAt: number | null;
  /** It may be unset when the class is disposed. */
  readonly optional: boolean;
}

/** A class that acquires what it keeps, or can be closed → a class that a scope can dispose. */
export const makeDisposable: Refactor = (code, selection) => {
  const found = around(selection, (node) => node.type === "ClassDeclaration" || node.type === "PropertyDefinition");
  const declared = found?.type === "PropertyDefinition" ? found.parent.parent : found;
  if (code.types === null || declared?.type !== "ClassDeclaration" || declared.declare || symbolsOf(declared.body).size > 0) return null;
  const fields = fieldsOf(code, declared.body);
  const owned = fields.filter(({ acquiredAt }) => acquiredAt !== null).sort((one, other) => (other.acquiredAt ?? 0) - (one.acquiredAt ?? 0));
  const close = closingMethod(code, declared.body);
  const base = declared.superClass === null ? null : code.types.resource(declared);
  if (owned.length === 0 && close === null) {
    const [given] = fields;
    return given === undefined ? null : refuse(titleFor(declared, "AsyncDisposable"), `The class is given \`${given.name}\` and need not own it; nothing else in it is to be disposed.`);
  }
  if (base !== null && base.kind !== "none" && base.kind !== "async" && base.kind !== "sync") return refuse(titleFor(declared, "AsyncDisposable"), "Nothing tells how its base class is disposed.");
  const isAsync = base?.kind === "async" || close?.isAsync === true || owned.some(({ resource: { kind, release } }) => kind === "async" || release?.isAsync === true);
  const contract = isAsync ? "AsyncDisposable" : "Disposable";
  const title = titleFor(declared, contract);
  if (isAsync && base?.kind === "sync") return refuse(title, "Its base class is disposed synchronously, and callers of that would skip what has to be awaited here.");
  const inherits = base !== null && base.kind !== "none";
  if (inherits && close !== null) return refuse(title, `The disposer of its base class may call \`${close.name}()\` already.`);
  const closed = close === null ? new Set<string>() : close.disposes;
  const symbol = isAsync ? "asyncDispose" : "dispose";
  if (inherits && !code.types.inheritsDisposer(declared, symbol)) return refuse(title, "The disposer of its base class is abstract, or no method: `super` cannot call it.");
  const steps = [
    ...(close === null ? [] : [`${close.isAsync ? "await " : ""}this.${close.name}();`]),
    ...owned.filter(({ name }) => !closed.has(name)).map(disposalOf),
    ...(inherits ? [`${isAsync ? "await " : ""}super[Symbol.${symbol}]();`] : []),
  ];
  return offer(title, [...contracts(code, declared, contract, inherits), memberAtEnd(code, declared.body, head(code, symbol, inherits), steps)]);
};

function titleFor({ id }: TSESTree.ClassDeclaration, contract: string): Name {
  return { kind: "rewrite", title: `Make ${id === null ? "the class" : `\`${id.name}\``} ${contract === "Disposable" ? "a" : "an"} \`${contract}\`` };
}

function disposalOf({ name, optional, resource: { kind, nullable, release } }: Field): string {
  const link = nullable || optional ? "?." : "";
  if (release !== null) return `${release.isAsync ? "await " : ""}this.${name}${nullable || optional ? "?" : ""}.${release.name}();`;
  return kind === "async" ? `await this.${name}${link}[Symbol.asyncDispose]();` : `this.${name}${link}[Symbol.dispose]();`;
}

/** The fields that hold a resource, those of the constructor's parameters included. */
function fieldsOf(code: Code, body: TSESTree.ClassBody): readonly Field[] {
  return body.body.flatMap((member): Field[] => {
    if (member.type === "MethodDefinition" && member.kind === "constructor") {
      return member.value.params.flatMap((parameter) => {
        const id = parameter.type === "TSParameterProperty" ? (parameter.parameter.type === "AssignmentPattern" ? parameter.parameter.left : parameter.parameter) : null;
        const resource = id?.type === "Identifier" ? code.types?.resource(id) : undefined;
        return id?.type === "Identifier" && resource !== undefined && isHeld(resource) ? [{ name: id.name, resource, acquiredAt: null, optional: false }] : [];
      });
    }
    if (member.type !== "PropertyDefinition" || member.static || member.computed || member.declare) return [];
    const { key, value } = member;
    const name = key.type === "Identifier" ? key.name : key.type === "PrivateIdentifier" ? `#${key.name}` : null;
    const resource = name === null ? undefined : code.types?.resource(key);
    if (name === null || resource === undefined || !isHeld(resource)) return [];
    const isSet = value !== null && acquisitionIn(code, value)?.resource.promised === false;
    const writes = writesTo(code, body, name);
    const isOwn = (isSet || writes.length > 0) && writes.every(({ value: written }) => acquisitionIn(code, written) !== null || isNothing(written));
    const [first] = writes.filter(({ value: written }) => !isNothing(written));
    if (!isOwn || (value !== null && !isSet && !isNothing(value))) return [{ name, resource, acquiredAt: null, optional: false }];
    const acquiredAt = isSet ? member.range[0] : first === undefined ? null : rankOf(body, first);
    return [{ name, resource, acquiredAt, optional: !isSet && first?.inConstructor !== true }];
  });
}

function isHeld({ kind, promised }: Resource): boolean {
  return needsDisposal(kind) && !promised;
}

function isNothing(node: TSESTree.Node): boolean {
  return (node.type === "Literal" && node.value === null) || (node.type === "Identifier" && node.name === "undefined");
}

interface Write {
  readonly at: number;
  readonly value: TSESTree.Expression;
  readonly inConstructor: boolean;
}

/** The assignments to a field in the class's own members. */
function writesTo(code: Code, body: TSESTree.ClassBody, field: string): readonly Write[] {
  return body.body.flatMap((member) =>
    [...nodesIn(code, member)].flatMap((at): Write[] => {
      if (at.type !== "AssignmentExpression" || at.left.type !== "MemberExpression" || at.left.object.type !== "ThisExpression" || propertyName(at.left) !== field) return [];
      return [{ at: at.range[0], value: at.right, inConstructor: member.type === "MethodDefinition" && member.kind === "constructor" }];
    }),
  );
}

/** Initializers run ahead of the constructor, and that ahead of everything else. */
function rankOf({ range: [, end] }: TSESTree.ClassBody, { at, inConstructor }: Write): number {
  return (inConstructor ? 1 : 2) * end + at;
}

interface Closing {
  readonly name: string;
  readonly isAsync: boolean;
  /** The fields that it disposes. */
  readonly disposes: ReadonlySet<string>;
}

const closes = /^(?:close|destroy|disconnect|dispose|quit|shutdown|stop|terminate)(?:Async)?$/u;

/** The method that the class is closed by so far, if there is one. */
function closingMethod(code: Code, body: TSESTree.ClassBody): Closing | null {
  const methods = body.body.filter((member) => member.type === "MethodDefinition" && !member.static && !member.computed && member.kind === "method");
  for (const method of methods as TSESTree.MethodDefinition[]) {
    const { key, value } = method;
    const name = key.type === "Identifier" ? key.name : key.type === "PrivateIdentifier" ? `#${key.name}` : "";
    if (!closes.test(name) || value.type !== "FunctionExpression" || value.generator || value.params.length > 0) continue;
    const promised = code.types?.returnsPromise(value);
    const disposes = disposedIn(code, value);
    // A synchronous method may as well reset something: it counts only where it disposes.
    if (promised === "always" || (promised === "never" && disposes.size > 0)) return { name, isAsync: promised === "always", disposes };
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
function memberAtEnd(code: Code, body: TSESTree.ClassBody, opening: string, steps: readonly string[]): Edit {
  const newline = newlineOf(code);
  const outer = indentAt(code, body.range[1] - 1);
  const unit = unitOf(code, body);
  const inner = code.text.slice(body.range[0] + 1, body.range[1] - 1);
  const end = body.range[0] + 1 + inner.trimEnd().length;
  const lines = [`${outer}${unit}${opening}`, ...steps.map((step) => `${outer}${unit}${unit}${step}`), `${outer}${unit}}`, `${outer}}`];
  return { range: [end, body.range[1]], text: `${inner.trim() === "" ? newline : `${newline}${newline}`}${lines.join(newline)}` };
}
