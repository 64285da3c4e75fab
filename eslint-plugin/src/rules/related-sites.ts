/** A place in the linted file that belongs to a finding: where the resource is acquired, disposed, left open. */
export interface Site {
  /** Offsets into the file's text, in UTF-16 units. */
  readonly range: readonly [start: number, end: number];
  /** What happens there, in a short sentence. */
  readonly says: string;
}

/** What identifies a finding: the part of ESLint's `LintMessage` that counts here. */
export interface Message {
  readonly ruleId: string | null;
  readonly messageId?: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** The text that sites point into, as ESLint hands it to rules. */
interface Source {
  readonly text: string;
}

const remembered = new WeakMap<object, Map<string, () => readonly Site[]>>();

/**
 * Keeps the sites of a report, for which ESLint has no room. Nothing is computed
 * before somebody asks: in a lint run nobody does.
 *
 * @param own the range of the report itself, which is never one of its sites
 */
export function remember(source: Source, message: Message, own: Site["range"], sites: () => readonly Site[]): void {
  const reports = remembered.get(source) ?? new Map<string, () => readonly Site[]>();
  reports.set(keyOf(message), () => arranged(source, own, sites()));
  remembered.set(source, reports);
}

/**
 * The sites of a finding of this plugin, in source order; none for any other.
 *
 * @param sourceCode the `SourceCode` object of the run that reported it: `linter.getSourceCode()`
 */
export function sitesOf(sourceCode: object, message: Message): readonly Site[] {
  return remembered.get(sourceCode)?.get(keyOf(message))?.() ?? [];
}

function keyOf({ column, line, messageId = "", ruleId }: Message): string {
  return [ruleId, messageId, line, column].join("|");
}

/** In source order, each place once, and of what goes over several lines only the first. */
function arranged({ text }: Source, own: Site["range"], sites: readonly Site[]): readonly Site[] {
  const places = new Map([keyOfRange(own), keyOfRange(firstLine(text, own))].map((key): [string, Site | null] => [key, null]));
  for (const { range, says } of sites) {
    const shown = firstLine(text, range);
    if (!places.has(keyOfRange(shown))) places.set(keyOfRange(shown), { range: shown, says });
  }
  return [...places.values()].filter((site) => site !== null).sort((one, other) => one.range[0] - other.range[0] || one.range[1] - other.range[1]);
}

function keyOfRange([start, end]: Site["range"]): string {
  return `${String(start)}-${String(end)}`;
}

function firstLine(text: string, [start, end]: Site["range"]): Site["range"] {
  const [line = ""] = text.slice(start, end).split(/[^\S\n\r\u2028\u2029]*[\n\r\u2028\u2029]/u, 1);
  return [start, start + line.length];
}
