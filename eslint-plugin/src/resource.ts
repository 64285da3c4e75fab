/**
 * What a type is to its holder (RULES.md, vocabulary). `unknown` is `any`, an
 * unresolved type, or a union in which only some members are resources: no rule
 * speaks about it. `manual` is a resource without a disposer, known by the
 * setting `resourceTypes`: neither keyword can dispose it.
 */
export type ResourceKind = "async" | "inert" | "manual" | "none" | "sync" | "unknown";

export interface Resource {
  readonly kind: ResourceKind;
  /** An async resource that `using` can dispose too: the type, or every member of the union, has `[Symbol.dispose]`. */
  readonly both: boolean;
  /** The value is a promise of the resource. */
  readonly promised: boolean;
  /** `null` or `undefined` are possible too. */
  readonly nullable: boolean;
  /** The method that releases a `manual` resource; `null` for every other kind. */
  readonly release: ReleaseMethod | null;
  /** The type's name for messages, without `null`, `undefined` and promises. */
  readonly name: string;
}

export interface ReleaseMethod {
  readonly name: string;
  /** It gives a promise. */
  readonly isAsync: boolean;
}

/** Whether somebody has to dispose values of this kind. */
export function needsDisposal(kind: ResourceKind): kind is "async" | "manual" | "sync" {
  return kind === "async" || kind === "manual" || kind === "sync";
}

/** A type without a disposer whose values a named method releases. */
export interface ResourceType {
  /** The name of the class or interface; what extends it counts too. */
  readonly type: string;
  /** The package that declares it; `null` for the project's own files. */
  readonly module: string | null;
  /** The method that releases it. */
  readonly release: string;
}
