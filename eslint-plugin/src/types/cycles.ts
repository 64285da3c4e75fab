/** How are answers remembered that lead back to each other? */

/** Calls inside each other that the stack surely bears, whoever asks. */

const deepest = 500;

interface Awaited {
  /** Its place in the order in which things were first asked about. */
  readonly number: number;
  /** The lowest number that asking about it has led back to. */
  lowest: number;
}

/**
 * Remembers the answers to a question about a thing that is a yes by itself, or
 * because it is one of another thing, in whatever circles that leads. Each thing
 * is asked about once: those that lead back to each other are answered together,
 * when the first of them is (Tarjan's strongly connected components), so that an
 * answer never depends on which came first. Where it leads too deep the answer is
 * yes.
 */
export function throughCycles<Thing, Rest extends readonly unknown[]>(ask: (thing: Thing, ...rest: Rest) => boolean): (thing: Thing, ...rest: Rest) => boolean {
  const known = new Map<Thing, boolean>();
  const awaited = new Map<Thing, Awaited>();
  /** The things whose answer is awaited, in the order of their numbers. */
  const waiting: Thing[] = [];
  const path: Awaited[] = [];
  let asked = 0;
  return (thing, ...rest) => {
    const answered = known.get(thing);
    if (answered !== undefined) return answered;
    const outer = path.at(-1);
    const again = awaited.get(thing);
    if (again !== undefined) {
      if (outer !== undefined) outer.lowest = Math.min(outer.lowest, again.number);
      return false;
    }
    if (path.length > deepest) return true;
    const own = { number: asked, lowest: asked };
    asked += 1;
    const first = waiting.length;
    waiting.push(thing);
    awaited.set(thing, own);
    path.push(own);
    const answer = ask(thing, ...rest);
    path.pop();
    // What waits since then leads to this thing, or to one around it, whose answer a yes decides too.
    if (answer || own.lowest === own.number) {
      for (const each of waiting.splice(first)) {
        known.set(each, answer);
        awaited.delete(each);
      }
    } else if (outer !== undefined) {
      outer.lowest = Math.min(outer.lowest, own.lowest);
    }
    return answer;
  };
}
