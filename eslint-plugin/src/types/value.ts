/** What can be done with the value of an expression? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import { givesData } from "../lexicon/language.js";
import { needsDisposal, type Resource } from "../resource.js";
import { signaturesOf } from "./call.js";
import { generic, isNullish, isOpen } from "./intrinsic.js";
import { isThenable } from "./promise.js";
import { elementOf, isHandle, isView, membersOf } from "./shape.js";
import { contextualTypeAt, resourceOf, settled, typeAt, type TypedFile } from "./typed-file.js";

const untold: Resource = { kind: "none", both: false, promised: false, nullable: false, release: null, name: "" };

/** The kind of what iterating a value yields. */
export function elementAt(file: TypedFile, node: TSESTree.Node): Resource {
  const element = elementOf(settledAt(file, node), file.checker);
  return element === undefined ? { ...untold, kind: "unknown" } : resourceOf(file, element);
}

/** The kind that the place of an expression asks for. */
export function expectedAt(file: TypedFile, node: TSESTree.Node): Resource {
  const type = contextualTypeAt(file, node);
  return type === undefined ? untold : resourceOf(file, type);
}

/** Whether a value is a promise or another thenable. */
export function isPromise(file: TypedFile, node: TSESTree.Node): boolean {
  const { checker } = file;
  const results = node.type === "CallExpression" ? signaturesOf(file, node).map((signature) => checker.getReturnTypeOfSignature(signature)) : [];
  const [first] = results;
  // What is declared answers, unless it depends on the arguments.
  if (first !== undefined && !results.some(isOpen)) {
    const promises = results.map((result) => isThenable(result, checker));
    if (promises.every((promise) => promise === promises[0])) return promises[0] === true;
  }
  return isThenable(typeAt(file, node), checker);
}

/** Whether a value is a resource that is a thenable itself. */
export function isAwaitableResource(file: TypedFile, node: TSESTree.Node): boolean {
  const { checker, memory } = file;
  return membersOf(typeAt(file, node)).some((member) => isThenable(member, checker) && needsDisposal(memory.kindOf(member).kind));
}

/** Whether a value, used later, needs its source alive. */
export function isLazyView(file: TypedFile, node: TSESTree.Node): boolean {
  const { checker, memory } = file;
  return membersOf(settledAt(file, node)).some((member) => isView(member, memory.kindOf, checker));
}

/** Whether a value may be something that needs no source, and is not nothing. */
export function mayBeData(file: TypedFile, node: TSESTree.Node): boolean {
  const { checker, memory } = file;
  return membersOf(settledAt(file, node)).some((member) => !isNullish(member) && !isView(member, memory.kindOf, checker));
}

/** Whether a value is a function, or an object with methods of its own. */
export function isHandleAt(file: TypedFile, node: TSESTree.Node): boolean {
  return membersOf(typeAt(file, node)).some((member) => isHandle(member, file.checker, file.program));
}

/** Whether a value is iterable or a stream. */
export function carriesData(file: TypedFile, node: TSESTree.Node): boolean {
  return membersOf(settledAt(file, node)).some((member) =>
    file.checker.getPropertiesOfType(generic(member)).some(({ escapedName }) => /^__@(?:asyncI|i)terator@\d+$/u.test(String(escapedName)) || givesData(String(escapedName))),
  );
}

/** What a value has, inherited members included, promises and `null` looked through. */
export function propertiesAt(file: TypedFile, node: TSESTree.Node): readonly ts.Symbol[] {
  return file.checker.getPropertiesOfType(file.checker.getNonNullableType(settledAt(file, node)));
}

function settledAt(file: TypedFile, node: TSESTree.Node): ts.Type {
  return settled(file, typeAt(file, node)).type;
}
