/**
 * Remembers the answers to a question that asks itself about other names. A name
 * that is asked about while its own answer is awaited counts as a no for that
 * while; what was concluded from it is kept only if it stays one, so that an
 * answer never depends on which name came first.
 */
export function throughCycles<Rest extends readonly unknown[]>(ask: (name: string, ...rest: Rest) => boolean): (name: string, ...rest: Rest) => boolean {
  const known = new Map<string, boolean>();
  /** The names whose answer is awaited, outermost first, and the outermost of them that each has met. */
  const awaited = new Map<string, { readonly depth: number; met: number }>();
  let concluded: { readonly name: string; readonly met: number }[] = [];
  return (name, ...rest) => {
    const answered = known.get(name);
    if (answered !== undefined) return answered;
    const outer = [...awaited.values()].at(-1);
    const again = awaited.get(name);
    if (again !== undefined) {
      if (outer !== undefined) outer.met = Math.min(outer.met, again.depth);
      return false;
    }
    const own = { depth: awaited.size, met: Number.POSITIVE_INFINITY };
    awaited.set(name, own);
    const answer = ask(name, ...rest);
    awaited.delete(name);
    if (answer || own.met >= own.depth) {
      known.set(name, answer);
      // What met this name or one inside it was answered with it.
      if (!answer) for (const each of concluded.filter(({ met }) => met >= own.depth)) known.set(each.name, false);
      concluded = concluded.filter(({ met }) => met < own.depth);
    } else {
      concluded.push({ name, met: own.met });
      if (outer !== undefined) outer.met = Math.min(outer.met, own.met);
    }
    return answer;
  };
}
