// F01: a parser keeps generators in locals and fields and advances them with next(); they hold nothing to release.

export type Token = { kind: "number" | "name" | "punct"; text: string; at: number };

export function* tokenize(source: string): Generator<Token, undefined> {
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(.))/gy;
  for (let m = pattern.exec(source); m; m = pattern.exec(source)) {
    const [, number, name, punct] = m;
    if (number !== undefined) yield { kind: "number", text: number, at: m.index };
    else if (name !== undefined) yield { kind: "name", text: name, at: m.index };
    else if (punct) yield { kind: "punct", text: punct, at: m.index };
  }
  return undefined;
}

export class Peekable<T> implements IterableIterator<T> {
  #source: Iterator<T, undefined>;
  #ahead: IteratorResult<T, undefined> | undefined;

  constructor(source: Iterable<T, undefined>) {
    this.#source = source[Symbol.iterator]();
  }

  peek(): T | undefined {
    this.#ahead ??= this.#source.next();
    return this.#ahead.done ? undefined : this.#ahead.value;
  }

  next(): IteratorResult<T, undefined> {
    const step = this.#ahead ?? this.#source.next();
    this.#ahead = undefined;
    return step;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

export function evaluate(source: string, scope: ReadonlyMap<string, number>): number {
  const tokens = new Peekable(tokenize(source));

  const primary = (): number => {
    const { value: token } = tokens.next();
    switch (token?.kind) {
      case "number":
        return Number(token.text);
      case "name": {
        const bound = scope.get(token.text);
        if (bound === undefined) throw new ReferenceError(token.text);
        return bound;
      }
      default:
        throw new SyntaxError(`unexpected ${token?.text ?? "end of input"}`);
    }
  };

  let total = primary();
  for (let op = tokens.peek(); op?.kind === "punct"; op = tokens.peek()) {
    tokens.next();
    const right = primary();
    total = op.text === "+" ? total + right : op.text === "*" ? total * right : total - right;
  }
  return total;
}

export function firstName(source: string): string | undefined {
  const tokens = tokenize(source);
  const skipped = tokens.filter((t) => t.kind === "name").drop(1);
  const hit = skipped.next();
  return hit.done ? undefined : hit.value.text;
}

export const lookahead = (source: string) => {
  const it = Iterator.from(tokenize(source)).map((t) => t.kind);
  return it.take(2).toArray();
};
