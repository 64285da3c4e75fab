/** What is the type of a node of a file, and what is a type to its holder? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import { needsDisposal, type Resource } from "../resource.js";
import { isNullish } from "./intrinsic.js";
import type { Memory } from "./memory.js";
import { settle, type Settled } from "./promise.js";
import { hasDisposer, nameOf } from "./shape.js";
import type { Maps } from "./tree-of.js";

/** One file of a program, and what the questions about its types are answered by. */
export interface TypedFile {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly maps: Maps;
  readonly memory: Memory;
}

/** The type of an expression or a declaration. */
export function typeAt({ checker, maps }: TypedFile, node: TSESTree.Node): ts.Type {
  return checker.getTypeAtLocation(maps.esTreeNodeToTSNodeMap.get(node));
}

/** The type of what the place of an expression asks for. */
export function contextualTypeAt({ checker, maps }: TypedFile, node: TSESTree.Node): ts.Type | undefined {
  return checker.getContextualType(maps.esTreeNodeToTSNodeMap.get(node) as ts.Expression);
}

/** A type, promises looked through, but not a resource that is a thenable itself. */
export function settled({ checker, memory }: TypedFile, type: ts.Type): Settled {
  return settle(type, checker, (each) => hasDisposer(memory.kindOf(each).kind));
}

/** What a value of a type is to its holder. */
export function resourceOf(file: TypedFile, type: ts.Type): Resource {
  const { promised, type: value } = settled(file, type);
  const kind = file.memory.kindOf(value);
  const nullable = kind.nullable || (type.isUnion() && type.types.some(isNullish));
  return {
    ...kind,
    nullable,
    promised,
    // Few ask, and TypeScript takes long to print a type.
    get name() {
      return needsDisposal(kind.kind) ? nameOf(value, file.checker) : "";
    },
  };
}
