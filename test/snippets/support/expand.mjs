// @ts-check
// The snippet grammar, as far as our snippets use it.

/**
 * A hole as VS Code numbers it, with what it holds at first and what may be chosen.
 *
 * @typedef {{ readonly number: number, readonly text: string, readonly choices: readonly string[] }} Field
 */

const syntax = /\\(?<escaped>[\\$}])|\$(?:(?<bare>\d+)|\{(?<number>\d+)(?:\}|:(?<text>(?:\\.|[^\\}$])*)\}|\|(?<choices>(?:\\.|[^\\|])*)\|\}))/gu;

/** The pieces of a snippet's body: text and holes. What else looks like a part of the grammar is an error. @param {string} body */
function piecesOf(body) {
  /** @type {(Field | string)[]} */
  const pieces = [];
  let end = 0;
  const plain = (/** @type {number} */ to) => {
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

/** @param {string} text */
const unescaped = (text) => text.replace(/\\(.)/gu, "$1");

/** The holes of a body in tab order, the final tab stop (0) last. @param {string} body @returns {readonly Field[]} */
export function fieldsOf(body) {
  /** @type {Map<number, Field>} */
  const fields = new Map();
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
 * @param {string} body
 * @param {ReadonlyMap<number, string>} [values] what is put into holes, by their numbers; others keep what they hold
 */
export function expand(body, values = new Map()) {
  return expanded(body, values).text;
}

/**
 * Where the holes of a snippet are in what it inserts with its defaults: `[from, to]` by their numbers.
 *
 * @param {string} body
 * @returns {ReadonlyMap<number, readonly (readonly [number, number])[]>}
 */
export function placesOf(body) {
  return expanded(body, new Map()).places;
}

/** @param {string} body @param {ReadonlyMap<number, string>} values */
function expanded(body, values) {
  const defaults = new Map(fieldsOf(body).map(({ number, text }) => [number, text]));
  /** @type {Map<number, [number, number][]>} */
  const places = new Map();
  let text = "";
  for (const piece of piecesOf(body)) {
    const from = text.length;
    if (typeof piece === "string") {
      text += piece.replace(/^\t+/gmu, (tabs) => "  ".repeat(tabs.length));
      continue;
    }
    text += values.get(piece.number) ?? defaults.get(piece.number) ?? "";
    places.set(piece.number, [...(places.get(piece.number) ?? []), [from, text.length]]);
  }
  return { places, text };
}
