import { Interrupted } from "./pending.js";
import type { Answer, Ask, Protocol, QuestionName } from "./questions.js";
import type { Supervised } from "./supervisor.js";

/** Asks once more when the worker was replaced in the middle. */
export function askPatiently<P extends Protocol, Name extends QuestionName<P>>(worker: Supervised<P>, name: Name, ask: Ask<P, Name>, about: string | null, signal?: AbortSignal): Promise<Answer<P, Name>> {
  return patiently(worker, () => worker.ask(name, ask, about, signal));
}

/** Tries once more, with the new worker, where the old one was replaced in the middle. */
export async function patiently<P extends Protocol, T>(worker: Supervised<P>, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await worker.ready();
    return ask();
  }
}
