import type { Worker } from "node:worker_threads";

/** Whoever asked has given the question up. */
export class Cancelled extends Error {}

/** The worker had to be replaced before it answered. */
export class Interrupted extends Error {}

/** A question that is not answered yet. */
export interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Asks a question, which stays pending until it is answered, interrupted, or given up by whoever asked. */
export function sendQuestion<A>(to: Worker, pending: Map<number, Pending>, question: { readonly id: number; readonly name: string; readonly ask: unknown }, signal: AbortSignal | undefined): Promise<A> {
  const { id } = question;
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      if (!pending.delete(id)) return;
      to.postMessage({ is: "cancel", id });
      reject(new Cancelled());
    };
    // One signal may last for many questions, as that of a check of the workspace does.
    const settled = (): void => signal?.removeEventListener("abort", cancel);
    pending.set(id, {
      resolve: (answer) => {
        settled();
        resolve(answer);
      },
      reject: (error) => {
        settled();
        reject(error);
      },
    });
    signal?.addEventListener("abort", cancel, { once: true });
    to.postMessage({ is: "question", ...question });
  });
}

/** The worker is gone: none of them will be answered. */
export function interruptAll(pending: Map<number, Pending>, because: string): void {
  const interrupted = [...pending.values()];
  pending.clear();
  for (const { reject } of interrupted) reject(new Interrupted(because));
}
