import type { Edit, Position, Range } from "../finding.js";

/** Turns offsets in a text into lines and characters, counted from 0. */
export function positions(text: string): (start: number, end: number) => Range {
  const starts = [0];
  for (const { index, 0: newline } of text.matchAll(/\r\n|[\n\r]/gu)) starts.push(index + newline.length);
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
  const old = text.slice(start, end);
  const shorter = Math.min(old.length, newText.length);
  let head = 0;
  while (head < shorter && old[head] === newText[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === newText[newText.length - 1 - tail]) tail += 1;
  return { range: toRange(start + head, end - tail), newText: newText.slice(head, newText.length - tail) };
}

/** Turns lines and characters of a text into offsets. */
export function offsets(text: string): (position: Position) => number {
  const starts = [0, ...[...text.matchAll(/\r\n|[\n\r]/gu)].map(({ index, 0: newline }) => index + newline.length)];
  return ({ character, line }) => Math.min((starts[line] ?? text.length) + character, text.length);
}

/** A text with edits made that do not touch each other. */
export function applied(text: string, edits: readonly Edit[]): string {
  const offset = offsets(text);
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((changed, { newText, range }) => changed.slice(0, offset(range.start)) + newText + changed.slice(offset(range.end)), text);
}
