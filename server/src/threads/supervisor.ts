import type { Worker } from "node:worker_threads";

import { Cancelled, Interrupted, interruptAll, sendQuestion, type Pending } from "./pending.js";
import type { Answer, Ask, FromWorker, Phase, Protocol, QuestionName } from "./questions.js";
import { startThread } from "./thread.js";

/** A worker thread seen from outside: it may crash, run out of memory or never answer, and is then replaced. */
export interface Supervised<P extends Protocol> {
  /** Tells the worker something; a new worker is told by `replay`. */
  tell(news: P["news"]): void;
  /**
   * @param about the file that it is about, which is blocked when the worker fails over it
   * @param signal gives the question up; its promise is then rejected with `Cancelled`
   * @throws Cancelled, Interrupted when the worker had to be replaced, or Error with what the worker threw
   */
  ask<Name extends QuestionName<P>>(name: Name, ask: Ask<P, Name>, about: string | null, signal?: AbortSignal): Promise<Answer<P, Name>>;
  /** Starts, or starts anew. */
  restart(because: string): void;
  /** The file has changed: it may be asked about again. */
  unblock(fileName: string): void;
  /** Resolved when questions can be answered. */
  ready(): Promise<void>;
  dispose(): Promise<void>;
}

/** What a supervised worker needs and tells. */
export interface Supervision<P extends Protocol> {
  /** The bundle that the worker runs. */
  readonly file: string;
  /** The cap of the worker's heap, in MiB. */
  readonly memory: () => number;
  /** Milliseconds that a phase may take; `null` for any time. */
  readonly budget: (phase: Phase) => number | null;
  /** What a new worker has to be told. */
  readonly replay: () => readonly P["news"][];
  readonly onLog: (level: "error" | "info" | "warn", text: string) => void;
  readonly onPhase: (phase: Phase, fileName: string | null) => void;
  /** The worker is new: what it said before no longer counts. */
  readonly onReplaced: (because: string, isFailure: boolean) => void;
  /** It failed too often; only `restart` starts it again. */
  readonly onGivenUp: (because: string) => void;
}

const restartDelays = [0, 500, 2_000, 10_000, 30_000];
const failuresAreForgottenAfter = 180_000;

/** Keeps one worker thread running. It starts with the first `restart`. */
export function supervise<P extends Protocol>({ budget, file, memory, onGivenUp, onLog, onPhase, onReplaced, replay }: Supervision<P>): Supervised<P> {
  const pending = new Map<number, Pending>();
  const blocked = new Map<string, string>();
  let worker: Worker | null = null;
  let starting: NodeJS.Timeout | null = null;
  let deadline: NodeJS.Timeout | null = null;
  let failures: readonly number[] = [];
  let nextId = 1;
  let at: string | null = null;
  let isDisposed = false;
  let stopped = "it has stopped";
  let whenReady = resolvable();

  const enter = (phase: Phase, fileName: string | null): void => {
    at = phase === "idle" ? null : fileName;
    if (deadline !== null) clearTimeout(deadline);
    const milliseconds = phase === "idle" ? null : budget(phase);
    deadline = milliseconds === null ? null : setTimeout(() => {
      fail(`${doing[phase]}${fileName === null ? "" : ` ${fileName}`} took more than ${String(Math.round(milliseconds / 1000))} s`, true);
    }, milliseconds);
    onPhase(phase, fileName);
  };

  const start = (): void => {
    starting = null;
    // A thread that was replaced may still speak.
    const started: Worker = startThread(file, memory(), {
      onLog,
      onMessage(message) {
        if (worker === started) receive(message);
      },
      onEnd(because, isItsFault) {
        if (worker === started) fail(because, isItsFault);
      },
    });
    worker = started;
    for (const news of replay()) started.postMessage({ is: "news", news });
    whenReady.resolve();
  };

  /** @param isItsFault whether the file that was looked at is to be left alone */
  const fail = (because: string, isItsFault: boolean): void => {
    if (at !== null && (isItsFault || failures.length > 0)) blocked.set(at, because);
    replace(because, true);
  };

  const replace = (because: string, isFailure: boolean): void => {
    const old = worker;
    worker = null;
    void old?.terminate();
    if (isDisposed) return;
    whenReady.resolve();
    whenReady = resolvable();
    enter("idle", null);
    interruptAll(pending, because);
    failures = recent(failures, isFailure);
    if (starting !== null) clearTimeout(starting);
    const delay = isFailure ? restartDelays[failures.length - 1] : 0;
    if (delay === undefined) {
      starting = null;
      whenReady.resolve();
      stopped = `${because}, the ${String(failures.length)}th failure within three minutes`;
      onGivenUp(stopped);
      return;
    }
    starting = setTimeout(() => {
      start();
      onReplaced(because, isFailure);
    }, delay);
  };

  const receive = (message: FromWorker): void => {
    if (message.is === "phase") {
      enter(message.phase, message.fileName);
      return;
    }
    const asked = pending.get(message.id);
    pending.delete(message.id);
    if (message.is === "answer") asked?.resolve(message.answer as never);
    else asked?.reject(new Error(message.error));
  };

  return {
    tell(news) {
      worker?.postMessage({ is: "news", news });
    },
    ask(name, ask, about, signal) {
      const because = about === null ? undefined : blocked.get(about);
      if (because !== undefined) return Promise.reject(new Error(because));
      if (signal?.aborted === true) return Promise.reject(new Cancelled());
      const to = worker;
      if (to === null) return Promise.reject(starting === null ? new Error(stopped) : new Interrupted("it is being restarted"));
      const id = nextId;
      nextId += 1;
      return sendQuestion(to, pending, { id, name, ask }, signal);
    },
    restart(because) {
      failures = [];
      blocked.clear();
      replace(because, false);
    },
    unblock(fileName) {
      blocked.delete(fileName);
    },
    ready: () => whenReady.promise,
    async dispose() {
      isDisposed = true;
      if (starting !== null) clearTimeout(starting);
      if (deadline !== null) clearTimeout(deadline);
      const old = worker;
      worker = null;
      await old?.terminate();
    },
  };
}

/** The times of the failures that count still, with one more if there is one now. */
function recent(failures: readonly number[], isFailure: boolean): readonly number[] {
  const now = Date.now();
  return [...failures.filter((time) => now - time < failuresAreForgottenAfter), ...(isFailure ? [now] : [])];
}

const doing: Readonly<Record<Phase, string>> = {
  config: "loading the ESLint configuration for",
  idle: "",
  linting: "checking",
  program: "reading the project of",
};

function resolvable(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
