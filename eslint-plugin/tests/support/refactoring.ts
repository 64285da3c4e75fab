import { expect } from "vitest";

import { applied, news, refactorings, type Subject } from "./editing.js";

export type Rest = Omit<Subject, "text">;

/** Claims that a change of this title makes this of the text at the cursor `‸`, with no new error or finding. */
export function makes(title: string, text: string, expected: string, rest: Rest = {}): void {
  const subject = { ...rest, text };
  const found = refactorings(subject);
  const offered = found.find((each) => each.title === title);
  expect(found.map((each) => [each.title, each.disabled])).toContainEqual([title, null]);
  const plain = text.replaceAll("‸", "");
  const changed = applied(plain, offered?.edits ?? []);
  expect(changed).toBe(expected);
  expect(news({ ...subject, text: plain }, changed)).toEqual([]);
}

/** Claims that a change of this title nearly applies, and why it does not. */
export function refuses(title: string, text: string, because: string, rest: Rest = {}): void {
  expect(refactorings({ ...rest, text }).map((each) => [each.title, each.disabled])).toContainEqual([title, because]);
}

/** Claims that no change whose title matches has to do with what is at the cursor. */
export function ignores(title: RegExp, text: string, rest: Rest = {}): void {
  expect(refactorings({ ...rest, text }).filter((each) => title.test(each.title))).toEqual([]);
}
