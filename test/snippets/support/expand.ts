/** A hole as VS Code numbers it, with what it holds at first and what may be chosen. */
export interface Field {
  readonly number: number;
  readonly text: string;
  readonly choices: readonly string[];
}

type Piece = Field | string;

const syntax = /\\(?<escaped>[\\$}])|\$(?:(?<bare>\d+)|\{(?<number>\d+)(?:\}|:(?<text>(?:\\.|[^\\}$])*)\}|\|(?<choices>(?:\\.|[^\\|])*)\|\}))/gu;

/** The pieces of a snippet's body, as far as our snippets use the grammar; what else looks like a part of it is an error. */
function piecesOf(body: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const plain = (to: number): void => {
    const text = body.slice(end, to);
    if (/[\\$]/u.test(text)) throw new Error(`not understood: ${text}`);
    pieces.push(text);
  };
  for (const match of body.matchAll(syntax)) {
    plain(match.index);
    end = match.index + match[0].length;
    const { bare, choices, escaped, number = bare, text } = match.groups ?? {};
    if (escaped !== undefined) pieces.push(escaped);
    else pieces.push({ number: Number(number), text: unescaped(text ?? ""), choices: (choices ?? "").split(/(?<!\\),/u).map(unescaped).filter((choice) => choice !== "") });
  }
  plain(body.length);
  return pieces;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gu, "$1");
}

/** The holes of a body in tab order, the final tab stop (0) last; one that the body does not name comes at its end. */
export function fieldsOf(body: string): readonly Field[] {
  const fields = new Map<number, Field>();
  for (const piece of piecesOf(body)) {
    if (typeof piece === "string") continue;
    const { choices, number, text } = piece;
    const known = fields.get(number);
    const first = choices[0] ?? text;
    if (known === undefined || known.text === "") fields.set(number, { number, choices, text: first });
    else if (first !== "" && first !== known.text) throw new Error(`$${String(number)} is ${known.text} and ${first}`);
  }
  return [...fields.values()].sort((a, b) => (a.number || Infinity) - (b.number || Infinity));
}

/**
 * What a snippet inserts, indented by two spaces.
 *
 * @param values what is put into holes, by their numbers; others keep what they hold
 */
export function expand(body: string, values: ReadonlyMap<number, string> = new Map()): string {
  const defaults = new Map(fieldsOf(body).map(({ number, text }) => [number, text]));
  const text = piecesOf(body).map((piece) => (typeof piece === "string" ? piece : (values.get(piece.number) ?? defaults.get(piece.number) ?? ""))).join("");
  return text.replace(/^\t+/gmu, (tabs) => "  ".repeat(tabs.length));
}
