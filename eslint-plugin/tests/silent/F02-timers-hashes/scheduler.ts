// F02: timers in maps, arrays, literals and closures; dropping or replacing a handle is no leak.
import { every, sleepUnless } from "./pacing.js";

type Job = { id: string; dueAt: number; run: () => Promise<void> };

export class Scheduler {
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #spare: NodeJS.Immediate[] = [];
  #sweeper = every(60_000, async () => this.sweep(), console.error);

  get size(): number {
    return this.#due.size;
  }

  schedule({ id, dueAt, run }: Job): () => void {
    const previous = this.#due.get(id);
    if (previous) clearTimeout(previous);
    const timer = setTimeout(
      () => {
        this.#due.delete(id);
        run().catch((error) => this.retry({ id, dueAt, run }, error));
      },
      Math.max(0, dueAt - Date.now()),
    );
    this.#due.set(id, timer);
    return () => {
      clearTimeout(timer);
      this.#due.delete(id);
    };
  }

  retry(job: Job, error: unknown): void {
    console.warn("job %s failed: %o", job.id, error);
    this.schedule({ ...job, dueAt: Date.now() + 1_000 });
  }

  soon(...tasks: (() => void)[]): void {
    for (const task of tasks) this.#spare.push(setImmediate(task));
  }

  sweep(now = Date.now()): number {
    for (const [id, timer] of this.#due) {
      if (!timer.hasRef() && now > 0) this.#due.delete(id);
    }
    return this.#due.size;
  }

  stop(): void {
    this.#due.values().forEach((t) => clearTimeout(t));
    this.#spare.splice(0).forEach(clearImmediate);
    clearInterval(this.#sweeper);
  }
}

export async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export async function retrying<T>(task: () => Promise<T>, signal: AbortSignal, tries = 5): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await task();
    } catch (error) {
      if (n === tries || signal.aborted) throw error;
      await sleepUnless(2 ** n * 50, signal);
    }
  }
}

export function watchdog(timeouts: Record<"soft" | "hard", number>, abort: (why: string) => void) {
  const timers = {
    soft: setTimeout(abort, timeouts.soft, "soft limit"),
    hard: setTimeout(abort, timeouts.hard, "hard limit"),
  };
  const { soft, hard } = timers;
  soft.unref();
  return { extend: () => void soft.refresh(), done: () => [soft, hard].forEach((t) => clearTimeout(t)) };
}
