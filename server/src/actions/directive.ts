/** A comment that turns rules off or on, around a place in its list of rules. */
export interface Directive {
  /** The name at the place, which may be empty or half typed. */
  readonly word: { readonly start: number; readonly end: number; readonly text: string };
  /** The other rules that it names. */
  readonly others: readonly string[];
}

const opening = /(?<open>\/\/|\/\*)\s*eslint-(?:disable(?:-next-line|-line)?|enable)(?=\s)/gu;

/** Longer comments of this kind are not written. */
const farthest = 5000;

/** The suppression comment in whose list of rules a place is; `null` anywhere else. */
export function directiveAt(text: string, offset: number): Directive | null {
  const from = Math.max(0, offset - farthest);
  const match = [...text.slice(from, offset + 1).matchAll(opening)].at(-1);
  if (match === undefined) return null;
  const start = from + match.index + match[0].length;
  const comment = text.slice(start, offset + farthest).split(match.groups?.["open"] === "//" ? /[\n\r\u2028\u2029]/u : /\*\//u, 1)[0] ?? "";
  const [names = ""] = comment.split(/\s-{2,}(?:\s|$)/u, 1);
  const at = offset - start;
  if (at < 1 || at > names.length) return null;
  const before = /[\w@/-]*$/u.exec(names.slice(0, at))?.[0] ?? "";
  const after = /^[\w@/-]*/u.exec(names.slice(at))?.[0] ?? "";
  const others = [names.slice(0, at - before.length), names.slice(at + after.length)].flatMap((part) => part.match(/[\w@/-]+/gu) ?? []);
  return { word: { start: offset - before.length, end: offset + after.length, text: before + after }, others };
}
