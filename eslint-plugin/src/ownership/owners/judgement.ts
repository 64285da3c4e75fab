/** What can be concluded about the owner of a call's result, how surely, and on what it rests? */

/** `shared` is what a call makes for its caller, and gives to somebody else who may end it too: a registry, a parent, a pool. */
export type ResultOwner = "borrowed" | "owned" | "passthrough" | "shared" | "unknown";

/** How sure a judgement is (RULES.md, "Who owns the result of a call"). */
export type Grade = "certain" | "likely";

/** What decided who owns the result of a call. */
export type Decision = "body" | "callback" | "name" | "new" | "nothing" | "setting" | "signature" | "tag" | "type";

/** Who owns the result of a call, how surely, and what decided it. */
export interface Judgement {
  readonly owner: ResultOwner;
  readonly grade: Grade;
  readonly by: Decision;
}

/** Where a value comes from that a function gives: the judgement but for what decided it. */
export interface Source {
  readonly owner: ResultOwner;
  readonly grade: Grade;
  /** The parameter whose call gives the value: `(make) => make()`. */
  readonly called: number | null;
  /** Undecided, since all that gives it may well lend it. */
  readonly isLent: boolean;
}

export const undecided: Source = { owner: "unknown", grade: "likely", called: null, isLent: false };

export function certainly(owner: ResultOwner): Source {
  return { owner, grade: "certain", called: null, isLent: false };
}

/** Whether a value is new with every call. */
export function isMade({ owner }: Pick<Source, "owner">): boolean {
  return owner === "owned" || owner === "shared";
}

/**
 * The source of a value that comes from one of several; `null` is nothing, which
 * has no owner, and so is what comes from nothing else. Created on one path and kept elsewhere on another is borrowed: a
 * cache. Created on one path and undecided on another is likely owned.
 */
export function combine(sources: readonly (Source | null)[]): Source | null {
  const present = sources.filter((source) => source !== null);
  const [first] = present;
  if (first === undefined) return null;
  const grade = present.every((source) => source.grade === "certain") ? "certain" : "likely";
  if (present.every((source) => source.owner === first.owner && source.called === first.called)) return { ...first, grade, isLent: present.every(({ isLent }) => isLent) };
  if (present.every(isMade)) return { owner: present.some(({ owner }) => owner === "shared") ? "shared" : "owned", grade, called: null, isLent: false };
  if (present.some(({ owner }) => owner === "borrowed")) return present.some(({ owner }) => owner === "unknown") ? undecided : { owner: "borrowed", grade, called: null, isLent: false };
  // Looked up on one way, made on the other: a cache, too.
  if (present.some(({ isLent }) => isLent)) return { ...undecided, isLent: true };
  const isUndecidedBeside = present.every((source) => isMade(source) || source.owner === "unknown");
  return isUndecidedBeside && present.some(({ owner }) => owner === "owned") ? { owner: "owned", grade: "likely", called: null, isLent: false } : undecided;
}

/** What is given to somebody who keeps it, before it is handed on. */
export function keptToo(source: Source): Source {
  return { owner: isMade(source) ? "shared" : "borrowed", grade: source.grade, called: null, isLent: false };
}
