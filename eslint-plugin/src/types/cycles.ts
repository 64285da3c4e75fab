/**
 * Remembers the answers to a question that asks itself about other things. One
 * that is asked about while its own answer is awaited counts as a no for that
 * while; what was concluded from it is kept only if it stays one, so that an
 * answer never depends on which came first.
 */
export function throughCycles<Thing, Rest extends readonly unknown[]>(ask: (thing: Thing, ...rest: Rest) => boolean): (thing: Thing, ...rest: Rest) => boolean {
  const known = new Map<Thing, boolean>();
  /** The things whose answer is awaited, outermost first, and the outermost of them that each has met. */
  const awaited = new Map<Thing, { readonly depth: number; met: number }>();
  let concluded: { readonly thing: Thing; readonly met: number }[] = [];
  return (thing, ...rest) => {
    const answered = known.get(thing);
    if (answered !== undefined) return answered;
    const outer = [...awaited.values()].at(-1);
    const again = awaited.get(thing);
    if (again !== undefined) {
      if (outer !== undefined) outer.met = Math.min(outer.met, again.depth);
      return false;
    }
    const own = { depth: awaited.size, met: Number.POSITIVE_INFINITY };
    awaited.set(thing, own);
    const answer = ask(thing, ...rest);
    awaited.delete(thing);
    if (answer || own.met >= own.depth) {
      known.set(thing, answer);
      // What met this one or another inside it was answered with it.
      if (!answer) for (const each of concluded.filter(({ met }) => met >= own.depth)) known.set(each.thing, false);
      concluded = concluded.filter(({ met }) => met < own.depth);
    } else {
      concluded.push({ thing, met: own.met });
      if (outer !== undefined) outer.met = Math.min(outer.met, own.met);
    }
    return answer;
  };
}
