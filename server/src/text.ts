import type ts from "typescript";

import type { Edit, Position, Range } from "./finding.js";

/** Where the lines of a text begin, as LSP counts them. */
function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|[\n\r]/gu)].map(({ index, 0: newline }) => index + newline.length)];
}

/** Turns offsets in a text into lines and characters, counted from 0. */
export function positions(text: string): (start: number, end: number) => Range {
  const starts = lineStarts(text);
  const at = (offset: number): { line: number; character: number } => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (starts[low] ?? 0) };
  };
  return (start, end) => ({ start: at(start), end: at(end) });
}

/** ESLint merges the edits of a fix into one, with all the text between them: only what differs is kept. */
export function smallest(text: string, start: number, end: number, newText: string, toRange: (start: number, end: number) => Range): Edit {
  const { newLength, span } = changeBetween(text.slice(start, end), newText);
  const from = start + span.start;
  return { range: toRange(from, from + span.length), newText: newText.slice(span.start, span.start + newLength) };
}

/** Turns lines and characters of a text into offsets. */
export function offsets(text: string): (position: Position) => number {
  const starts = lineStarts(text);
  return ({ character, line }) => Math.min((starts[line] ?? text.length) + character, text.length);
}

/** A text with edits made that do not touch each other. */
export function applied(text: string, edits: readonly Edit[]): string {
  const offset = offsets(text);
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((changed, { newText, range }) => changed.slice(0, offset(range.start)) + newText + changed.slice(offset(range.end)), text);
}

/** The part of a text that has changed: all between what both texts begin and end with. */
export function changeBetween(before: string, after: string): ts.TextChangeRange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  return { span: { start, length: before.length - start - end }, newLength: after.length - start - end };
}
