import { parentPort } from "node:worker_threads";

import type { Answer, Ask, FromWorker, Phase, Protocol, QuestionName, ToWorker } from "./questions.js";

/** Says what the worker is at; the supervisor's clock starts anew. */
export type Enter = (phase: Phase, fileName: string | null) => void;

/** How a worker answers each of its questions. */
export type Answers<P extends Protocol> = { readonly [Name in QuestionName<P>]: (ask: Ask<P, Name>, enter: Enter) => Answer<P, Name> | Promise<Answer<P, Name>> };

/** The worker's side: answers questions one after the other, and takes in news as it comes. */
export function answerQuestions<P extends Protocol>(answers: Answers<P>, take: (news: P["news"]) => void): void {
  if (parentPort === null) throw new Error("This runs in a worker thread of the language server.");
  const port = parentPort;
  const cancelled = new Set<number>();
  /** The newest question that is no longer waiting: cancelling it or an older one comes too late. */
  let begun = 0;
  let queue: Promise<void> = Promise.resolve();

  const send = (message: FromWorker): void => {
    port.postMessage(message);
  };
  const enter: Enter = (phase, fileName) => {
    send({ is: "phase", phase, fileName });
  };

  const answer = async (id: number, name: QuestionName<P>, ask: unknown): Promise<void> => {
    // What has arrived meanwhile, newer texts and cancellations, comes first.
    await new Promise((resolve) => setImmediate(resolve));
    begun = id;
    if (cancelled.delete(id)) return;
    try {
      send({ is: "answer", id, answer: await (answers[name] as (ask: unknown, enter: Enter) => unknown)(ask, enter) });
    } catch (error) {
      send({ is: "failure", id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      enter("idle", null);
    }
  };

  port.on("message", (message: ToWorker<P>) => {
    if (message.is === "question") queue = queue.then(() => answer(message.id, message.name, message.ask));
    else if (message.is === "news") take(message.news);
    else if (message.id > begun) cancelled.add(message.id);
  });
}
