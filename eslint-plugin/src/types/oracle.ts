import type { TSESTree } from "@typescript-eslint/utils";
import type ts from "typescript";

import type { Callee, Code, FunctionInCode, ParameterRole, Types } from "../code.js";
import { givesData } from "../lexicon/language.js";
import { belongsToBareHandle } from "../lexicon/releasing.js";
import { needsDisposal, type Resource } from "../resource.js";
import type { Settings } from "../settings.js";
import type { CallNode } from "../syntax.js";
import { declaredName, functionBy, functionIn, implementationOf, isAlike, needsThis, type Declaration } from "./declaration.js";
import { generic, intrinsicName, isAny, isNullish, isOpen } from "./intrinsic.js";
import { kindsOf, type Kind } from "./kind.js";
import { declarationsOf, symbolNamed, typeMeaning, valueMeaning } from "./meaning.js";
import { exporterFor } from "./modules.js";
import { byNames, type NameQuestions } from "./names.js";
import { originOf } from "./origin.js";
import { isThenable, settle } from "./promise.js";
import { annotationOf, elementOf, hasDisposer, isClassLike, isHandle, isView, membersOf, membersWithNothing, nameOf, roleOf } from "./shape.js";
import { treeOf, treeWithComments, type Maps, type Parser } from "./tree-of.js";

/** Everything remembered about one program under the same settings; it goes when the program goes. */
interface Memory {
  readonly kindOf: (type: ts.Type) => Kind;
  readonly canReturnResource: WeakMap<ts.Type, boolean>;
  readonly names: NameQuestions;
  readonly callees: WeakMap<object, Callee>;
  readonly codes: WeakMap<ts.SourceFile, Code | null>;
  /** The files that an editor has asked for: with their comments. */
  readonly edited: WeakMap<ts.SourceFile, Code | null>;
}

const memories = new WeakMap<ts.Program, Map<string, Memory>>();

function memoryOf(program: ts.Program, { inertTypes, key, resourceTypes }: Settings): Memory {
  const variants = memories.get(program) ?? new Map<string, Memory>();
  memories.set(program, variants);
  const known = variants.get(key);
  if (known !== undefined) return known;
  const kindOf = kindsOf(program, inertTypes, resourceTypes);
  const canReturnResource = new WeakMap<ts.Type, boolean>();
  const checker = program.getTypeChecker();
  const memory: Memory = {
    kindOf,
    canReturnResource,
    names: byNames(
      program,
      {
        declarationsOf: (callee) => declarationsOf(callee, checker),
        isResource: (annotation) => isHeld(checker.getTypeFromTypeNode(annotation), checker, kindOf),
        returnsResource: (annotation) => someReturnsResource(checker.getTypeFromTypeNode(annotation), "call", checker, kindOf, canReturnResource),
      },
      (type) => resourceTypes.some((manual) => manual.type === type),
    ),
    callees: new WeakMap(),
    codes: new WeakMap(),
    edited: new WeakMap(),
  };
  variants.set(key, memory);
  return memory;
}

/** Whether a declared result is a resource, promises looked through; a type parameter hands back what it was given. */
function isHeld(result: ts.Type, checker: ts.TypeChecker, kindOf: (type: ts.Type) => Kind): boolean {
  if (result.isTypeParameter()) return false;
  const { kind } = kindOf(settle(result, checker, (type) => hasDisposer(kindOf(type).kind)).type);
  return needsDisposal(kind);
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

const untold: Resource = { kind: "none", both: false, promised: false, nullable: false, release: null, name: "" };

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
  services: Maps & { readonly program: ts.Program },
  parser: Parser | null,
): Code {
  const { program, esTreeNodeToTSNodeMap, tsNodeToESTreeNodeMap } = services;
  const checker = program.getTypeChecker();
  const memory = memoryOf(program, untyped.settings);

  const settled = (type: ts.Type): ReturnType<typeof settle> => settle(type, checker, (each) => hasDisposer(memory.kindOf(each).kind));
  const typeAt = (node: TSESTree.Node): ts.Type => checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node));

  const describe = (type: ts.Type): Resource => {
    const { promised, type: value } = settled(type);
    const kind = memory.kindOf(value);
    const nullable = kind.nullable || (type.isUnion() && type.types.some(isNullish));
    return {
      ...kind,
      nullable,
      promised,
      // Few ask, and TypeScript takes long to print a type.
      get name() {
        return needsDisposal(kind.kind) ? nameOf(value, checker) : "";
      },
    };
  };

  const signaturesOf = (call: CallNode): readonly ts.Signature[] => {
    const type = typeAt(call.callee);
    return call.type === "NewExpression" ? type.getConstructSignatures() : type.getCallSignatures();
  };

  /**
   * The declarations that a call may mean: those without a body may be several, a
   * function of the program is one. To choose among them by the arguments is what
   * takes TypeScript long. Empty where that has to be asked.
   */
  const declaredFor = (call: CallNode): readonly Declaration[] => {
    const declarations = signaturesOf(call).map(({ declaration }) => declaration as Declaration | undefined);
    const known = declarations.filter((declaration) => declaration?.parameters !== undefined) as Declaration[];
    if (known.length < declarations.length) return [];
    return known.length < 2 || known.every((declaration) => declaration.getSourceFile().isDeclarationFile) ? known : [];
  };

  const resolvedFor = (call: CallNode): Declaration | null => {
    const declaration = checker.getResolvedSignature(esTreeNodeToTSNodeMap.get(call))?.declaration as Declaration | undefined;
    return declaration?.parameters === undefined ? null : declaration;
  };

  const roleAt = ({ parameters }: Declaration, argument: number): ParameterRole => {
    const parameter = parameters[Math.min(argument, parameters.length - 1)];
    return parameter === undefined ? "other" : roleOf(checker.getTypeAtLocation(parameter), checker, program);
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
      handsBackItself: result !== undefined && membersOf(result).some((member) => (member as { readonly isThisType?: boolean }).isThisType === true),
      returnsAsyncDisposable:
        symbol?.name === "AsyncDisposable" &&
        symbol.declarations?.some((place) => originOf(place, program).of !== "other") === true,
      returnsBareHandle:
        result !== undefined &&
        !result.isClass() &&
        needsDisposal(memory.kindOf(result).kind) &&
        checker.getPropertiesOfType(result).every(({ escapedName }) => String(escapedName).startsWith("__@") || belongsToBareHandle(String(escapedName))),
    };
    memory.callees.set(declaration, callee);
    return callee;
  };

  const codeOf = (file: ts.SourceFile): Code | null => {
    const known = memory.codes.get(file);
    if (known !== undefined) return known;
    const code = parser === null ? null : readCode(file, program, parser, untyped.settings, false);
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
        ? { ...untold, kind: "unknown" }
        : describe(element);
    },
    calleeCanReturnResource: (callee, makes) => memory.names.calleeCanReturnResource(esTreeNodeToTSNodeMap.get(callee), makes),
    typeCanBeResource: memory.names.typeCanBeResource,
    canReturnResource(call) {
      if (call.callee.type === "Super") return false;
      return someReturnsResource(typeAt(call.callee), call.type === "NewExpression" ? "new" : "call", checker, memory.kindOf, memory.canReturnResource);
    },
    callee(call) {
      const [first, ...others] = declaredFor(call);
      if (first !== undefined && others.every((other) => isAlike(calleeOf(first), calleeOf(other)))) return calleeOf(first);
      const declaration = resolvedFor(call);
      return declaration === null ? null : calleeOf(declaration);
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
      const roles = declaredFor(call).map((declaration) => roleAt(declaration, argument));
      const [first] = roles;
      if (first !== undefined && roles.every((role) => role === first)) return first;
      const declaration = resolvedFor(call);
      return declaration === null ? "other" : roleAt(declaration, argument);
    },
    isPromise(node) {
      const results = node.type === "CallExpression" ? signaturesOf(node).map((signature) => checker.getReturnTypeOfSignature(signature)) : [];
      const [first] = results;
      // What is declared answers, unless it depends on the arguments.
      if (first !== undefined && !results.some(isOpen)) {
        const promises = results.map((result) => isThenable(result, checker));
        if (promises.every((promise) => promise === promises[0])) return promises[0] === true;
      }
      return isThenable(typeAt(node), checker);
    },
    isAwaitableResource: (node) => membersOf(typeAt(node)).some((member) => isThenable(member, checker) && needsDisposal(memory.kindOf(member).kind)),
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
        checker.getPropertiesOfType(generic(member)).some(({ escapedName }) => /^__@(?:asyncI|i)terator@\d+$/u.test(String(escapedName)) || givesData(String(escapedName))),
      );
    },
    returnsPromise(node) {
      const declaration = esTreeNodeToTSNodeMap.get(node) as ts.SignatureDeclaration;
      const signature = checker.getSignatureFromDeclaration(declaration);
      if (signature === undefined) return null;
      const result = checker.getReturnTypeOfSignature(signature);
      const members = result.isUnion() ? result.types : [result];
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
      return type === undefined ? untold : describe(type);
    },
    ignoresResult(node) {
      if (node.type === "FunctionDeclaration") return false;
      const [signature, second] = checker.getContextualType(esTreeNodeToTSNodeMap.get(node) as ts.Expression)?.getCallSignatures() ?? [];
      if (signature === undefined || second !== undefined) return false;
      const members = membersWithNothing(checker.getReturnTypeOfSignature(signature));
      const takesAnything = members.every((member) => intrinsicName(member) === "void" || isThenable(member, checker));
      return takesAnything && members.some((member) => intrinsicName(member) === "void");
    },
    inheritedDisposer(node, by) {
      const declared = typeAt(node);
      const bases = declared.isClassOrInterface() ? checker.getBaseTypes(declared) : [];
      const disposer = memberBy(bases.flatMap((base) => checker.getPropertiesOfType(base)), by);
      const declaration = disposer?.valueDeclaration as (Declaration & { readonly modifiers?: readonly ts.Node[]; readonly questionToken?: ts.Node }) | undefined;
      if (declaration === undefined) return null;
      const isMethod = "parameters" in declaration && declaration.questionToken === undefined && isClassLike(checker.getTypeAtLocation(declaration.parent), checker);
      const callable = isMethod && declaration.modifiers?.some((modifier) => modifier.getText() === "abstract") !== true;
      const { name } = declaration.parent as { readonly name?: { readonly text?: string } };
      return { callable, owner: name?.text ?? "", body: callable ? functionAt(declaration) : null };
    },
    hasGlobal: (name) => symbolNamed(name, valueMeaning, checker) !== undefined,
    hasGlobalType: (name) => symbolNamed(name, typeMeaning, checker) !== undefined,
    hasLibraryGlobal(name) {
      const places = symbolNamed(name, valueMeaning, checker)?.declarations ?? [];
      return places.length > 0 && places.every((place) => originOf(place, program).of !== "other");
    },
    exporter: (names) => exporterFor(program, fileOf(untyped, services), names),
    annotation: (node) => annotationOf(typeAt(node), checker, fileOf(untyped, services)),
    membersOf(node) {
      const { type } = settled(typeAt(node));
      return new Set(checker.getPropertiesOfType(checker.getNonNullableType(type)).map(({ name }) => name));
    },
    disposerBody(node, symbol) {
      const { type } = settled(typeAt(node));
      const disposer = memberBy(checker.getPropertiesOfType(checker.getNonNullableType(type)), { symbol });
      const declaration = functionBy(disposer?.valueDeclaration);
      const implementation = declaration === null ? null : implementationOf(declaration, checker);
      return implementation === null ? null : functionAt(implementation);
    },
    isMethodReference(node) {
      // A computed key has a symbol of its own; the method is that of the member's type.
      const symbol = node.computed ? checker.getNonNullableType(typeAt(node)).getSymbol() : checker.getSymbolAtLocation(esTreeNodeToTSNodeMap.get(node.property));
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

/** The member of that name, or under that well-known symbol. */
function memberBy(members: readonly ts.Symbol[], by: { readonly name: string } | { readonly symbol: "asyncDispose" | "dispose" }): ts.Symbol | undefined {
  return members.find(({ escapedName }) => ("name" in by ? escapedName === by.name : String(escapedName).startsWith(`__@${by.symbol}@`)));
}

function fileOf({ ast }: Omit<Code, "types">, { esTreeNodeToTSNodeMap }: Maps): ts.SourceFile {
  return esTreeNodeToTSNodeMap.get(ast);
}

/**
 * A file of a program for an editor, comments included; remembered as long as the
 * program. `null` where the program has no such file or the parser does not take it.
 */
export function codeIn(program: ts.Program, fileName: string, parser: Parser, settings: Settings): Code | null {
  const file = program.getSourceFile(fileName);
  if (file === undefined) return null;
  const { edited } = memoryOf(program, settings);
  let code = edited.get(file);
  if (code === undefined) {
    code = readCode(file, program, parser, settings, true);
    // Whether the compiler takes a top-level `await`; linted files are told by their configuration.
    if (code !== null && !takesTopLevelAwait(file, program)) code.ast.sourceType = "script";
    edited.set(file, code);
  }
  return code;
}

/** Whether `await` may stand at the top level of a file (TS1309, TS1375, TS1378); the numbers are those of TypeScript 4.8 to 6.0. */
function takesTopLevelAwait(file: ts.SourceFile, program: ts.Program): boolean {
  const { externalModuleIndicator } = file as { readonly externalModuleIndicator?: unknown };
  const { module = 99, target = 99 } = program.getCompilerOptions() as { readonly module?: number; readonly target?: number };
  if (externalModuleIndicator === undefined || target < 4) return false;
  if (module >= 100 && module < 200) return (file.impliedNodeFormat as number | undefined) === 99;
  return module === 4 || module === 7 || module === 99 || module === 200;
}

/** Reads another file of the program; a file that cannot be read so is silence. */
function readCode(file: ts.SourceFile, program: ts.Program, parser: Parser, settings: Settings, comment: boolean): Code | null {
  const tree = comment ? treeWithComments(file, program, parser) : treeOf(file, program, parser);
  if (tree === null) return null;
  const { maps, ...read } = tree;
  return withTypes({ ...read, fileName: file.fileName, text: file.text, isJavaScript: isJavaScript(file.fileName), settings }, { ...maps, program }, parser);
}

/** Whether a file is JavaScript, where nobody else checks types. */
export function isJavaScript(fileName: string): boolean {
  return /\.[cm]?jsx?$/u.test(fileName);
}
