/** How are the questions about the types of a file answered? */

import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { Code, FunctionInCode, Types } from "../code.js";
import { calleeBy, canReturnResource, neverReturns, parameterRole, referenceAt } from "./call.js";
import { calleeOf } from "./callee.js";
import { functionIn, type Declaration } from "./declaration.js";
import { implementationOf } from "./implementation.js";
import { givesNothing, givesPromise, ignoresResult, returnsPromise } from "./function-result.js";
import { isAny } from "./intrinsic.js";
import { symbolNamed, typeMeaning, valueMeaning } from "./meaning.js";
import { disposerAt, inheritedDisposer, isMethodReference } from "./member.js";
import { memoryOf } from "./memory.js";
import { exporterFor } from "./modules.js";
import { originOf } from "./origin.js";
import { annotationOf } from "./shape.js";
import type { Maps } from "./tree-of.js";
import { resourceOf, typeAt, type TypedFile } from "./typed-file.js";
import { carriesData, elementAt, expectedAt, isAwaitableResource, isHandleAt, isLazyView, isPromise, mayBeData, propertiesAt } from "./value.js";

/**
 * Adds to a file's code the answers to typed questions, taken through
 * typescript-eslint's parser services. Nothing here loads TypeScript: it comes
 * with the services.
 *
 * @param untyped the file's syntax, scopes and settings
 * @param services the parser services of the file, with type information
 * @param codeOf reads another file of the program, for the bodies in it
 */
export function withTypes(
  untyped: Omit<Code, "types">,
  services: Maps & { readonly program: ts.Program },
  codeOf: (file: ts.SourceFile) => Code | null,
): Code {
  const { program, esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } = services;
  const checker = program.getTypeChecker();
  const memory = memoryOf(program, untyped.settings);
  const file: TypedFile = { program, checker, maps: services, memory };
  const source = (): ts.SourceFile => esTreeNodeToTSNodeMap.get(untyped.ast);

  const bodyOf = (declaration: Declaration): FunctionInCode | null => {
    const holder = declaration.getSourceFile();
    if (holder.isDeclarationFile) return null;
    const local = tsNodeToESTreeNodeMap.get(declaration) as TSESTree.Node | undefined;
    if (local === undefined) return codeOf(holder)?.types?.body(calleeOf(file, declaration)) ?? null;
    const node = functionIn(local);
    return node === null ? null : { code, node };
  };

  const types: Types = {
    resource: (node) => resourceOf(file, typeAt(file, node)),
    element: (node) => elementAt(file, node),
    expected: (node) => expectedAt(file, node),

    calleeCanReturnResource: (callee) => memory.names.calleeCanReturnResource(esTreeNodeToTSNodeMap.get(callee)),
    calleeGivesTypeParameter: (callee) => memory.names.calleeGivesTypeParameter(esTreeNodeToTSNodeMap.get(callee)),
    calleeSpeaksOfResource: (callee) => memory.names.calleeSpeaksOfResource(esTreeNodeToTSNodeMap.get(callee)),
    typeCanBeResource: memory.names.typeCanBeResource,
    canReturnResource: (call) => canReturnResource(file, call),
    callee: (call) => calleeBy(file, call),
    reference: (node) => referenceAt(file, node),
    parameterRole: (call, argument) => parameterRole(file, call, argument),
    neverReturns: (call) => neverReturns(file, call),

    isPromise: (node) => isPromise(file, node),
    isAwaitableResource: (node) => isAwaitableResource(file, node),
    isUnknown: (node) => isAny(typeAt(file, node)),
    isLazyView: (node) => isLazyView(file, node),
    mayBeData: (node) => mayBeData(file, node),
    isHandle: (node) => isHandleAt(file, node),
    carriesData: (node) => carriesData(file, node),
    membersOf: (node) => new Set(propertiesAt(file, node).map(({ name }) => name)),
    isMethodReference: (node) => isMethodReference(file, node),
    annotation: (node) => annotationOf(typeAt(file, node), checker, source()),

    returnsPromise: (node) => returnsPromise(file, node),
    givesPromise: (node) => givesPromise(file, node),
    givesNothing: (node) => givesNothing(file, node),
    ignoresResult: (node) => ignoresResult(file, node),

    body(callee) {
      const declaration = implementationOf(callee.key as Declaration, checker, memory);
      return declaration === null ? null : bodyOf(declaration);
    },
    disposerBody(node, symbol) {
      const declaration = disposerAt(file, node, symbol);
      return declaration === null ? null : bodyOf(declaration);
    },
    inheritedDisposer: (node, by) => inheritedDisposer(file, node, by, bodyOf),

    hasGlobal: (name) => symbolNamed(name, valueMeaning, checker) !== undefined,
    hasGlobalType: (name) => symbolNamed(name, typeMeaning, checker) !== undefined,
    hasLibraryGlobal(name) {
      const places = symbolNamed(name, valueMeaning, checker)?.declarations ?? [];
      return places.length > 0 && places.every((place) => originOf(place, program).of !== "other");
    },
    exporter: (names) => exporterFor(program, source(), names),
  };
  const code: Code = { ...untyped, types };
  return code;
}
