import path from "node:path";

import { withoutTypes } from "../../../tools/snippets/javascript.mjs";
import { readSources, type Hole, type Source } from "../../../tools/snippets/source.mjs";
import { languages, snippetOf } from "../../../tools/snippets/template.mjs";
import { expand, fieldsOf, type Field } from "./expand.mjs";
import { uses, type Use } from "./uses.js";

export type Language = (typeof languages)[number];

export const endings: Readonly<Record<Language, string>> = { typescript: "ts", typescriptreact: "tsx", javascript: "js", javascriptreact: "jsx" };

/** A snippet as one person fills it in, in a module that uses it. */
export interface Case {
  /** The file from the folder of all cases, without its ending. */
  readonly name: string;
  readonly file: string;
  readonly language: Language;
  readonly source: Source;
  readonly use: Use;
  /** What was inserted. */
  readonly inserted: string;
  readonly text: string;
  /** Literals that were replaced: they are seen in events. */
  readonly literals: ReadonlyMap<string, string>;
}

/** What a person puts into the holes. */
const fillings: Readonly<Record<string, (field: Field, index: number) => string>> = {
  defaults: ({ text }) => text,
  "nothing at the end": ({ text }) => text,
  "second choices": ({ choices, text }) => choices[1] ?? text,
  "last choices": ({ choices, text }) => choices.at(-1) ?? text,
  "unusual names": ({ choices, text }, index) => choices[0] ?? literal(text, `$${text}_é${String(index)}`, '"/rows?name=it\'s"', "1e5"),
  "words of the language": ({ choices, text }, index) => choices[0] ?? literal(text, words[index] ?? `_${String(index)}`, '"${x} \\\\ $1"', "0xffff"),
};

/** The same as the defaults, but with nothing at the final tab stop. */
const unfinished = "nothing at the end";

/** Names that are legal, and words of the grammar at other places. */
const words = ["of", "from", "get", "set", "type", "async", "module", "global"];

function literal(text: string, name: string, string: string, number: string): string {
  return text.startsWith('"') ? string : /^\d/u.test(text) ? number : name;
}

/** The names that snippets are written with (`vocabulary.ts`). */
const vocabulary = ["body", "connect", "Conn", "host", "hosts", "lock", "Lock"];
const helper = ["acquireAll", "asyncContextManager", "runManaged", "timeoutScope"];

/** Every snippet in every language, filled in every way. */
export function allCases(): readonly Case[] {
  return readSources().flatMap((source) => languages.flatMap((language) => casesOf(source, language)));
}

function casesOf(source: Source, language: Language): readonly Case[] {
  const use = uses[source.name];
  if (use === undefined) throw new Error(`uses.ts does not say how ${source.name} is used`);
  const body = snippetOf(source, language).body.join("\n");
  const fields = fieldsOf(body).filter(({ number }) => number !== 0);
  const holes = holesOf(source, fields);
  const seen = new Set<string>();
  return Object.entries(fillings).flatMap(([filling, valueOf]) => {
    const values = new Map(fields.map((field) => [field.number, valueOf(field, source.holes.indexOf(holes.get(field) ?? field))]));
    const end = filling === unfinished ? "" : "body();";
    const inserted = expand(body, new Map([...values, [0, end]])).replace(/^ +$/gmu, "").trimEnd();
    if (seen.has(inserted)) return [];
    seen.add(inserted);
    const name = source.isFile ? `${language}/managed` : `${language}/${source.name}-${filling.replaceAll(" ", "-")}`;
    const nameOf = (hole: string): string => values.get([...holes].find(([, { text }]) => text === hole)?.[0].number ?? 0) ?? hole;
    const literals = new Map(fields.filter(({ text }) => text.startsWith('"')).map(({ number, text }) => [text.slice(1, -1), JSON.parse(values.get(number) ?? text) as string]));
    return [{ name, file: `${name}.${endings[language]}`, language, source, use: filling === unfinished ? { ...use, scenarios: {} } : use, inserted, literals, text: source.isFile ? inserted : moduleOf(inserted, body, use, nameOf, language) }];
  });
}

/** The holes of the source that are fields in a language: in some, not all are. */
function holesOf({ holes }: Source, fields: readonly Field[]): ReadonlyMap<Field, Hole> {
  const found = new Map<Field, Hole>();
  for (const hole of holes) {
    const field = fields[found.size];
    if (field?.text === hole.text.replace(/^\./u, "")) found.set(field, hole);
  }
  if (found.size < fields.length) throw new Error("a field is no hole of the source");
  return found;
}

function moduleOf(inserted: string, body: string, { after, before }: Use, name: (hole: string) => string, language: Language): string {
  const imported = vocabulary.map((word) => (name(word) === word ? word : `${word} as ${name(word)}`));
  const scope = `export async function run(): Promise<void> {\n${inserted.replace(/^(?=.)/gmu, "  ")}\n}`;
  const text = [
    `import { ${imported.join(", ")} } from "../vocabulary.js";`,
    `import { ${helper.join(", ")} } from "./managed.js";`,
    before?.(name) ?? "",
    body.includes("$0") ? scope : inserted,
    after?.(name) ?? "",
  ].join("\n");
  return `${language.startsWith("typescript") ? text : withoutTypes(text)}\n`;
}

/** What a person may type to get a snippet. */
export function prefixesOf(): readonly string[] {
  return readSources().flatMap(({ prefixes }) => prefixes);
}

/** Where the sources' own vocabulary is. */
export const vocabularyFile = path.join(import.meta.dirname, "../../../snippets/src/vocabulary.ts");
