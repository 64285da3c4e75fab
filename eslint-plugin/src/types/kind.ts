/** What is a type to its holder: a resource, inert, or neither? */

import type ts from "typescript";

import type { ReleaseMethod, ResourceKind, ResourceType } from "../resource.js";
import { isInert, type Ancestor, type Declared } from "./inert.js";
import { generic, intrinsicName, isAny, isNullish, isOpen } from "./intrinsic.js";
import { symbolNamed, typeMeaning } from "./meaning.js";
import { originOf, type Origin } from "./origin.js";
import { isThenable } from "./promise.js";

/** The kind of one type that is neither a promise nor looked through as one. */
export interface Kind {
  readonly kind: ResourceKind;
  readonly both: boolean;
  readonly nullable: boolean;
  readonly release: ReleaseMethod | null;
}

const none: Kind = { kind: "none", both: false, nullable: false, release: null };
const unknown: Kind = { ...none, kind: "unknown" };
const nothing: Kind = { ...none, nullable: true };

interface Disposers {
  readonly async: string;
  readonly sync: string;
}

/**
 * The names under which this program knows the two well-known symbols. They hold
 * a number that differs per program, so they are read from the global interfaces
 * (PERF.md, "Finding the disposer by API"); a user's own unique symbol of the
 * same name has another number.
 */
function disposersOf(checker: ts.TypeChecker): Disposers {
  const key = (name: string): string => {
    const symbol = symbolNamed(name, typeMeaning, checker);
    if (symbol === undefined) return "";
    const [member] = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
    return String(member?.escapedName ?? "");
  };
  return { async: key("AsyncDisposable"), sync: key("Disposable") };
}

/** Whether a type of this origin is what the setting means: from the package, or, where it names none, from the project's own files. */
function isFrom({ of: declaredIn, module }: Origin, wanted: string | null): boolean {
  if (declaredIn === "lib") return false;
  if (wanted === null) return declaredIn === "other" && module === null;
  const typesOnly = module?.startsWith("@types/") === true ? module.slice("@types/".length).replace(/^(?<scope>.+)__/u, "@$<scope>/") : module;
  return typesOnly === wanted.replace(/^node:/u, "");
}

/**
 * Answers the kind of types of one program, remembering each.
 *
 * @param inertNames names of types that need no disposal (setting `inertTypes`)
 * @param manualTypes types without a disposer and what releases them (setting `resourceTypes`)
 */
export function kindsOf(
  program: ts.Program,
  inertNames: readonly string[],
  manualTypes: readonly ResourceType[],
): (type: ts.Type) => Kind {
  const checker = program.getTypeChecker();
  const disposers = disposersOf(checker);
  const known = new WeakMap<ts.Type, Kind>();
  if (disposers.async === "" && disposers.sync === "" && manualTypes.length === 0) return () => none;

  const declaredBy = (declaration: ts.Declaration): Declared => {
    const { parent } = declaration as { parent?: { name?: { text?: string } } };
    return { name: parent?.name?.text ?? "", origin: originOf(declaration, program) };
  };

  /** A type and all that it extends. */
  const chainOf = (type: ts.Type, depth = 0, alsoOf: (declaration: ts.Declaration) => readonly ts.Type[] = () => []): Ancestor[] => {
    if (type.isIntersection()) return type.types.flatMap((part) => chainOf(part, depth + 1, alsoOf));
    const declaration = type.getSymbol()?.declarations?.[0];
    if (declaration === undefined || depth > 8) return [];
    const own = { name: type.symbol.name, origin: originOf(declaration, program), declares: (member: string) => [...(type.symbol.members?.values() ?? [])].some(({ name }) => name === member) };
    const target = generic(type);
    const bases = target.isClassOrInterface() ? checker.getBaseTypes(target) : [];
    return [own, ...[...bases, ...alsoOf(declaration)].flatMap((base) => chainOf(base, depth + 1, alsoOf))];
  };

  /** What a class says it implements. */
  const implemented = (declaration: ts.Declaration): readonly ts.Type[] => {
    const { heritageClauses = [] } = declaration as Partial<ts.ClassDeclaration>;
    return heritageClauses.flatMap(({ types }) => types.map((each) => checker.getTypeAtLocation(each)));
  };

  const manually = (type: ts.Type): Kind => {
    if (manualTypes.length === 0 || inertNames.includes(type.getSymbol()?.name ?? "")) return none;
    for (const { name, origin } of chainOf(type, 0, implemented)) {
      const known = manualTypes.find((manual) => manual.type === name && isFrom(origin, manual.module));
      const method = known === undefined ? undefined : checker.getPropertyOfType(type, known.release);
      const declaration = method?.valueDeclaration;
      if (method === undefined || declaration === undefined) continue;
      const signatures = checker.getTypeOfSymbolAtLocation(method, declaration).getCallSignatures();
      if (signatures.length === 0) continue;
      const isAsync = signatures.some((signature) => isThenable(checker.getReturnTypeOfSignature(signature), checker));
      return { ...none, kind: "manual", release: { name: method.name, isAsync } };
    }
    return none;
  };

  const ofObject = (type: ts.Type): Kind => {
    let asynchronous: ts.Symbol | undefined;
    let synchronous: ts.Symbol | undefined;
    let iterates = false;
    for (const member of checker.getPropertiesOfType(type)) {
      if (member.escapedName === disposers.async) asynchronous = member;
      else if (member.escapedName === disposers.sync) synchronous = member;
      else if (member.escapedName === "next") iterates = true;
    }
    const disposer = asynchronous ?? synchronous;
    if (disposer === undefined) return manually(type);
    const declaration = disposer.declarations?.[0];
    const inert =
      declaration !== undefined &&
      (inertNames.includes(type.getSymbol()?.name ?? "") ||
        isInert(chainOf(type), declaredBy(declaration), iterates));
    return {
      kind: inert ? "inert" : asynchronous === undefined ? "sync" : "async",
      both: asynchronous !== undefined && synchronous !== undefined,
      nullable: false,
      release: null,
    };
  };

  const ofUnion = (members: readonly ts.Type[]): Kind => {
    const kinds = members.filter((member) => !isNullish(member)).map(kindOf);
    const nullable = kinds.length < members.length || kinds.some((member) => member.nullable);
    if (kinds.every(({ kind }) => kind === "none")) return { ...none, nullable };
    if (kinds.some(({ kind }) => kind === "none" || kind === "unknown")) return { ...unknown, nullable };
    const resources = kinds.filter(({ kind }) => kind !== "inert");
    const [first] = resources;
    if (first === undefined) return { ...none, kind: "inert", nullable };
    if (resources.length < kinds.length) return { ...unknown, nullable };
    if (resources.some(({ kind }) => kind === "manual")) {
      return resources.every(({ release }) => release?.name === first.release?.name && release?.isAsync === first.release?.isAsync) ? { ...first, nullable } : { ...unknown, nullable };
    }
    const isAsync = resources.some(({ kind }) => kind === "async");
    return {
      kind: isAsync ? "async" : "sync",
      both: isAsync && resources.every(({ both, kind }) => both || kind === "sync"),
      nullable,
      release: null,
    };
  };

  /** `T & Disposable` is a resource, whatever `T` is. */
  const ofParts = (parts: readonly ts.Type[]): Kind => parts.filter((part) => !isOpen(part)).map(kindOf).find(({ kind }) => kind === "async" || kind === "sync") ?? unknown;

  const compute = (type: ts.Type): Kind => {
    if (isAny(type)) return unknown;
    if (isNullish(type)) return nothing;
    if (intrinsicName(type) !== undefined || type.isLiteral()) return none;
    if (type.isUnion()) return ofUnion(type.types);
    if (type.isTypeParameter()) {
      const constraint = checker.getBaseConstraintOfType(type);
      return constraint === undefined || constraint === type ? none : kindOf(constraint);
    }
    // What is computed from a type parameter is nothing yet, and TypeScript takes long to say what it may be.
    if (isOpen(type)) return (type as ts.Type).isIntersection() ? ofParts((type as ts.IntersectionType).types) : unknown;
    return ofObject(type);
  };

  const kindOf = (type: ts.Type): Kind => {
    const target = generic(type);
    const answer = known.get(target);
    if (answer !== undefined) return answer;
    known.set(target, none); // a cycle through a constraint ends here
    const computed = compute(target);
    known.set(target, computed);
    return computed;
  };
  return kindOf;
}
