import type { ParserServicesWithTypeInformation, TSESLint, TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { CallNode, Code, FunctionNode } from "../code.js";
import type { Settings } from "../settings.js";
import { originOf } from "./origin.js";
import { generic, intrinsicName, isAny, isNullish, kindsOf, type Kind } from "./kind.js";
import { memberNames } from "./names.js";
import { isThenable, settle } from "./promise.js";
import type { Callee, FunctionInCode, Resource, Types } from "./types.js";

/** What the parser that read the linted file can do for the other files of its program. */
export interface Parser {
  parseForESLint(text: string, options: object): {
    ast: TSESTree.Program;
    scopeManager: TSESLint.Scope.ScopeManager | null;
    services: ParserServicesWithTypeInformation;
    visitorKeys: TSESLint.SourceCode.VisitorKeys;
  };
}

/** Everything remembered about one program under the same settings; it goes when the program goes. */
interface Memory {
  readonly kindOf: (type: ts.Type) => Kind;
  readonly canReturnResource: WeakMap<ts.Type, boolean>;
  readonly memberCanReturnResource: Types["memberCanReturnResource"];
  readonly callees: WeakMap<object, Callee>;
  readonly codes: WeakMap<ts.SourceFile, Code | null>;
}

const memories = new WeakMap<ts.Program, Map<string, Memory>>();

function memoryOf(program: ts.Program, { inertTypes, key }: Settings): Memory {
  const variants = memories.get(program) ?? new Map<string, Memory>();
  memories.set(program, variants);
  const known = variants.get(key);
  if (known !== undefined) return known;
  const kindOf = kindsOf(program, inertTypes);
  const canReturnResource = new WeakMap<ts.Type, boolean>();
  const checker = program.getTypeChecker();
  const memory: Memory = {
    kindOf,
    canReturnResource,
    memberCanReturnResource: memberNames(program, {
      isResource: (annotation) => isHeld(checker.getTypeFromTypeNode(annotation), checker, kindOf),
      returnsResource: (annotation) => someReturnsResource(checker.getTypeFromTypeNode(annotation), "call", checker, kindOf, canReturnResource),
    }),
    callees: new WeakMap(),
    codes: new WeakMap(),
  };
  variants.set(key, memory);
  return memory;
}

/** Whether a declared result is a resource, promises looked through; a type parameter hands back what it was given. */
function isHeld(result: ts.Type, checker: ts.TypeChecker, kindOf: (type: ts.Type) => Kind): boolean {
  if (result.isTypeParameter()) return false;
  const { kind } = kindOf(settle(result, checker, (type) => /^(?:async|inert|sync)$/u.test(kindOf(type).kind)).type);
  return kind === "async" || kind === "sync";
}

/** Whether a function type has a signature whose declared result is a resource, promises looked through; remembered. */
function someReturnsResource(
  type: ts.Type,
  by: "call" | "new",
  checker: ts.TypeChecker,
  kindOf: (type: ts.Type) => Kind,
  known: WeakMap<ts.Type, boolean>,
): boolean {
  let answer = known.get(type);
  if (answer === undefined) {
    known.set(type, false); // a function that calls itself ends here
    const signatures = by === "new" ? type.getConstructSignatures() : type.getCallSignatures();
    answer = signatures.some((signature) => isHeld(checker.getReturnTypeOfSignature(signature), checker, kindOf));
    known.set(type, answer);
  }
  return answer;
}

type Declaration = ts.SignatureDeclaration & {
  readonly body?: ts.Node;
  readonly name?: ts.Node;
};

const releaseOnly = /^(?:__@|(?:cancel|close|dispose|release|remove|stop|unsubscribe)$)/u;

/**
 * Adds to a file's code the answers to typed questions, taken through
 * typescript-eslint's parser services. Nothing here loads TypeScript: it comes
 * with the services.
 *
 * @param untyped the file's syntax, scopes and settings
 * @param services the parser services of the file, with type information
 * @param parser the parser that made them; it reads the bodies in other files
 */
export function withTypes(
  untyped: Omit<Code, "types">,
  services: ParserServicesWithTypeInformation,
  parser: Parser | null,
): Code {

  const { program, esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } = services;
  const checker = program.getTypeChecker();
  const memory = memoryOf(program, untyped.settings);

  const isResource = (type: ts.Type): boolean => {
    const { kind } = memory.kindOf(type);
    return kind === "async" || kind === "sync" || kind === "inert";
  };
  const settled = (type: ts.Type): ReturnType<typeof settle> => settle(type, checker, isResource);
  const typeAt = (node: TSESTree.Node): ts.Type => checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));

  const describe = (type: ts.Type): Resource => {
    const { promised, type: value } = settled(type);
    const kind = memory.kindOf(value);
    const isHeld = kind.kind === "async" || kind.kind === "sync";
    return { ...kind, promised, name: isHeld ? nameOf(value, checker) : "" };
  };

  const signaturesOf = (call: CallNode): readonly ts.Signature[] => {
    const type = typeAt(call.callee);
    return call.type === "NewExpression" ? type.getConstructSignatures() : type.getCallSignatures();
  };

  const calleeOf = (declaration: Declaration): Callee => {
    const known = memory.callees.get(declaration);
    if (known !== undefined) return known;
    const origin = originOf(declaration, program);
    const signature = checker.getSignatureFromDeclaration(declaration);
    const result = signature === undefined ? undefined : settled(checker.getReturnTypeOfSignature(signature)).type;
    const symbol = result?.getSymbol();
    const callee: Callee = {
      key: declaration,
      name: declaredName(declaration),
      origin: origin.of,
      module: origin.module,
      tags: new Map(signature?.getJsDocTags().map(({ name, text }) => [name, text?.map((part) => part.text).join("") ?? ""])),
      handsBackItsInput: result !== undefined && membersOf(result).some((member) => member.isTypeParameter()),
      returnsAsyncDisposable:
        symbol?.name === "AsyncDisposable" &&
        symbol.declarations?.some((place) => originOf(place, program).of !== "other") === true,
      returnsBareHandle:
        result !== undefined &&
        !result.isClass() &&
        checker.getPropertiesOfType(result).every((member) => releaseOnly.test(String(member.escapedName))),
    };
    memory.callees.set(declaration, callee);
    return callee;
  };

  const codeOf = (file: ts.SourceFile): Code | null => {
    const known = memory.codes.get(file);
    if (known !== undefined) return known;
    const code = parser === null ? null : readCode(file, program, parser, untyped.settings);
    memory.codes.set(file, code);
    return code;
  };

  const functionAt = (declaration: Declaration): FunctionInCode | null => {
    const file = declaration.getSourceFile();
    if (file.isDeclarationFile) return null;
    const local = tsNodeToESTreeNodeMap.get(declaration) as TSESTree.Node | undefined;
    if (local !== undefined) {
      const node = functionIn(local);
      return node === null ? null : { code, node };
    }
    return codeOf(file)?.types?.body(calleeOf(declaration)) ?? null;
  };

  const types: Types = {
    resource: (node) => describe(typeAt(node)),
    element(node) {
      const { type } = settled(typeAt(node));
      const element = elementOf(type, checker);
      return element === undefined
        ? { kind: "unknown", both: false, promised: false, nullable: false, name: "" }
        : describe(element);
    },
    memberCanReturnResource: memory.memberCanReturnResource,
    canReturnResource(call) {
      if (call.callee.type === "Super") return false;
      return someReturnsResource(typeAt(call.callee), call.type === "NewExpression" ? "new" : "call", checker, memory.kindOf, memory.canReturnResource);
    },
    callee(call) {
      const signature = checker.getResolvedSignature(esTreeNodeToTSNodeMap.get(call));
      const declaration = signature?.declaration as Declaration | undefined;
      return declaration?.parameters === undefined ? null : calleeOf(declaration);
    },
    reference(node) {
      const [signature, second] = typeAt(node).getCallSignatures();
      const declaration = signature?.declaration as Declaration | undefined;
      if (signature === undefined || second !== undefined || declaration?.parameters === undefined) return null;
      return { callee: calleeOf(declaration), resource: describe(checker.getReturnTypeOfSignature(signature)) };
    },
    body(callee) {
      const declaration = implementationOf(callee.key as Declaration, checker);
      return declaration === null ? null : functionAt(declaration);
    },
    parameterRole(call, argument) {
      if (call.type === "NewExpression") return "constructor";
      const signature = checker.getResolvedSignature(esTreeNodeToTSNodeMap.get(call));
      const declaration = signature?.declaration as Declaration | undefined;
      if (declaration?.parameters === undefined) return "other";
      const parameter = declaration.parameters[Math.min(argument, declaration.parameters.length - 1)];
      if (parameter === undefined) return "other";
      return roleOf(checker.getTypeAtLocation(parameter), checker, program);
    },
    isPromise: (node) => isThenable(typeAt(node), checker),
    isUnknown: (node) => isAny(typeAt(node)),
    neverReturns(call) {
      const signatures = signaturesOf(call);
      return signatures.length > 0 && signatures.every((signature) => intrinsicName(checker.getReturnTypeOfSignature(signature)) === "never");
    },
    isLazyView(node) {
      const { type } = settled(typeAt(node));
      return membersOf(type).some((member) => isView(member, memory.kindOf, checker));
    },
    isHandle: (node) => membersOf(typeAt(node)).some((member) => isHandle(member, checker, program)),
    carriesData(node) {
      const { type } = settled(typeAt(node));
      return membersOf(type).some((member) =>
        checker.getPropertiesOfType(generic(member)).some(({ escapedName }) => /^(?:__@(?:asyncI|i)terator@\d+|getReader|getWriter|pipe)$/u.test(String(escapedName))),
      );
    },
    returnsPromise(node) {
      const declaration = esTreeNodeToTSNodeMap.get(node) as ts.SignatureDeclaration;
      const signature = checker.getSignatureFromDeclaration(declaration);
      if (signature === undefined) return null;
      const members = membersOf(checker.getReturnTypeOfSignature(signature));
      if (members.some((member) => isAny(member) || intrinsicName(member) === "never" || intrinsicName(member) === "unknown")) return null;
      const promises = members.filter((member) => isThenable(member, checker));
      return promises.length === 0 ? "never" : promises.length === members.length ? "always" : "sometimes";
    },
    givesPromise(node) {
      const signatures = typeAt(node).getCallSignatures();
      return signatures.length > 0 && signatures.every((signature) => isThenable(checker.getReturnTypeOfSignature(signature), checker));
    },
    givesNothing(node) {
      const signatures = typeAt(node).getCallSignatures();
      return signatures.length > 0 && signatures.every((signature) => membersOf(settled(checker.getReturnTypeOfSignature(signature)).type).every(isNullish));
    },
    expected(node) {
      const type = checker.getContextualType(esTreeNodeToTSNodeMap.get(node) as ts.Expression);
      return type === undefined ? { kind: "none", both: false, promised: false, nullable: false, name: "" } : describe(type);
    },
    isMethodReference(node) {
      const symbol = checker.getSymbolAtLocation(esTreeNodeToTSNodeMap.get(node.property));
      const accessor = 98_304; // SymbolFlags.Accessor, the same in TypeScript 4.8 to 6.0
      const declaration = symbol?.valueDeclaration as Declaration | undefined;
      if (symbol === undefined || (symbol.flags & accessor) !== 0 || declaration?.parameters === undefined) return false;
      const isStatic = typeAt(node.object).getConstructSignatures().length > 0;
      return needsThis(declaration, isStatic, checker);
    },
  };
  const code: Code = { ...untyped, types };
  return code;
}

function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types.filter((member) => !isNullish(member)) : [type];
}

/** A type's name for a message: short, one line, without `null` and `undefined`. */
function nameOf(type: ts.Type, checker: ts.TypeChecker): string {
  const text = checker.typeToString(checker.getNonNullableType(type)).replace(/\s+/gu, " ");
  if (text.length <= 48) return text;
  const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? "";
  return name === "" || name.startsWith("__") ? "resource" : name;
}

function declaredName(declaration: Declaration): string {
  const named = declaration.name ?? (declaration.parent as { readonly name?: ts.Node } | undefined)?.name;
  return (named as { readonly text?: string } | undefined)?.text ?? "";
}

/** The declaration that has the body: itself, or the implementation behind an overload. */
function implementationOf(declaration: Declaration, checker: ts.TypeChecker): Declaration | null {
  if (declaration.body !== undefined) return declaration;
  const symbol = declaration.name === undefined ? undefined : checker.getSymbolAtLocation(declaration.name);
  const implementation = symbol?.declarations?.find((other) => (other as Declaration).body !== undefined);
  return (implementation as Declaration | undefined) ?? null;
}

function roleOf(type: ts.Type, checker: ts.TypeChecker, program: ts.Program): "disposable" | "other" | "passthrough" {
  for (const member of membersOf(type)) {
    const bound = member.isTypeParameter() ? checker.getBaseConstraintOfType(member) : member;
    if (bound === undefined) continue;
    const exact = membersOf(bound).some((part) => {
      const symbol = part.getSymbol();
      return (
        (symbol?.name === "AsyncDisposable" || symbol?.name === "Disposable") &&
        symbol.declarations?.some((place) => originOf(place, program).of !== "other") === true
      );
    });
    if (exact) return "disposable";
    if (member.isTypeParameter()) return "passthrough";
  }
  return "other";
}

/**
 * Whether a method cannot run without its object. A body tells; without one it
 * is a class's method, or that of an interface which extends a class. Methods of
 * plain interfaces may be closures, and functions of a namespace need no `this`.
 */
function needsThis(declaration: Declaration, isStatic: boolean, checker: ts.TypeChecker): boolean {
  const owner = declaration.parent as ts.Node & { readonly members?: unknown; readonly properties?: unknown };
  if (owner.members === undefined && owner.properties === undefined) return false;
  const implementation = implementationOf(declaration, checker);
  if (implementation?.body !== undefined) return /\b(?:super|this)\b/u.test(implementation.body.getText().replace(/\/\*[^]*?\*\/|\/\/.*/gu, ""));
  if (owner.members === undefined || isStatic) return false;
  return isClassLike(checker.getTypeAtLocation(owner), checker);
}

function isClassLike(type: ts.Type, checker: ts.TypeChecker): boolean {
  const declared = generic(type);
  return declared.isClass() || (declared.isClassOrInterface() && checker.getBaseTypes(declared).some((base) => isClassLike(base, checker)));
}

const iterables = /(?:Array|Generator|Iterable|Iterator|Set)(?:Object)?$/u;

function elementOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const indexed = type.getNumberIndexType();
  if (indexed !== undefined) return indexed;
  if (type.isUnion() || !iterables.test(type.getSymbol()?.name ?? "")) return undefined;
  return checker.getTypeArguments(type as ts.TypeReference)[0];
}

function isView(type: ts.Type, kindOf: (type: ts.Type) => Kind, checker: ts.TypeChecker): boolean {
  const { kind } = kindOf(type);
  if (kind === "async" || kind === "sync" || kind === "inert") return true;
  if (intrinsicName(type) !== undefined || type.isLiteral() || kind === "unknown") return false;
  return checker
    .getPropertiesOfType(generic(type))
    .some(({ escapedName }) => escapedName === "getReader" || String(escapedName).startsWith("__@asyncIterator"));
}

/** The library's own objects (arrays, dates, promises, buffers) are data. */
function isHandle(type: ts.Type, checker: ts.TypeChecker, program: ts.Program): boolean {
  if (intrinsicName(type) !== undefined || type.isLiteral()) return false;
  if (type.getCallSignatures().length > 0) return true;
  const declaration = type.getSymbol()?.declarations?.[0];
  if (declaration === undefined || originOf(declaration, program).of === "lib" || isThenable(type, checker)) return false;
  return checker.getPropertiesOfType(generic(type)).some((member) => {
    const at = member.valueDeclaration;
    return at !== undefined && !/^to(?:JSON|String)$/u.test(member.name) && checker.getTypeOfSymbolAtLocation(member, at).getCallSignatures().length > 0;
  });
}

function functionIn(node: TSESTree.Node): FunctionNode | null {
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node;
    case "MethodDefinition":
      return node.value.type === "FunctionExpression" ? node.value : null;
    case "Property":
      return node.value.type === "FunctionExpression" ? node.value : null;
    default:
      return null;
  }
}

/** Reads another file of the program; a file that cannot be read so is silence. */
function readCode(file: ts.SourceFile, program: ts.Program, parser: Parser, settings: Settings): Code | null {
  try {
    const { ast, scopeManager, services, visitorKeys } = parser.parseForESLint(file.text, {
      comment: false,
      ecmaFeatures: { jsx: /x$/u.test(file.fileName) },
      filePath: file.fileName,
      loc: true,
      programs: [program],
      projectService: false,
      range: true,
      sourceType: "module",
      tokens: false,
    });
    if (scopeManager === null) return null;
    setParents(ast, visitorKeys);
    const untyped = { ast, text: file.text, isJavaScript: isJavaScript(file.fileName), scopes: scopeManager, settings, visitorKeys };
    return withTypes(untyped, services, parser);
  } catch {
    return null;
  }
}

/** Whether a file is JavaScript, where nobody else checks types. */
export function isJavaScript(fileName: string): boolean {
  return /\.[cm]?jsx?$/u.test(fileName);
}

function setParents(node: TSESTree.Node, keys: TSESLint.SourceCode.VisitorKeys): void {
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, unknown>)[key];
    for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (typeof each !== "object" || each === null) continue;
      (each as { parent?: TSESTree.Node }).parent = node;
      setParents(each as TSESTree.Node, keys);
    }
  }
}
