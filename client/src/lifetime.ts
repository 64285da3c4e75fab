import { setTimeout as pause } from "node:timers/promises";

import type { LanguageClient } from "vscode-languageclient/node";

/** Milliseconds before each new start within `forgotten`; after the last one it is given up. */
const delays = [250, 1000, 2000, 4000, 8000];
const forgotten = 3 * 60_000;

export interface Listener {
  onStarting(): void;
  onRunning(client: LanguageClient): void;
  onEnded(because: string, isGivenUp: boolean): void;
}

/** Keeps one server running, with back-off where it crashes. */
export interface Lifetime {
  /** The client of a running server. */
  client(): LanguageClient | null;
  /** Starts the server, or starts it anew; former crashes are forgotten. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param make makes a client for one life of the server, and tells when that ends unasked
 */
export function keepRunning(make: (onEnd: (because: string) => void) => LanguageClient, listener: Listener): Lifetime {
  let life: { readonly client: LanguageClient; readonly started: Promise<void>; isRunning: boolean } | null = null;
  let crashes: readonly number[] = [];
  let again: NodeJS.Timeout | null = null;
  let queue = Promise.resolve();

  const begin = (): Promise<void> => {
    listener.onStarting();
    let isOver = false;
    const end = (because: string): void => {
      if (isOver) return;
      isOver = true;
      if (life === null || life.client !== client) return;
      life = null;
      client.dispose().catch(() => client.serverProcess?.kill());
      crash(because);
    };
    const client = make(end);
    const started = client.start().then(
      () => {
        if (life?.client !== client) return;
        life.isRunning = true;
        listener.onRunning(client);
      },
      (error: unknown) => {
        end(`the language server could not be started: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
    life = { client, started, isRunning: false };
    return started;
  };

  const crash = (because: string): void => {
    const now = Date.now();
    crashes = [...crashes.filter((time) => now - time < forgotten), now];
    const delay = delays[crashes.length - 1];
    listener.onEnded(because, delay === undefined);
    if (delay !== undefined) again = setTimeout(() => void begin(), delay);
  };

  const end = async (): Promise<void> => {
    if (again !== null) clearTimeout(again);
    again = null;
    if (life === null) return;
    const { client, started } = life;
    life = null;
    await Promise.race([started, pause(2000)]);
    await client.dispose().catch(() => client.serverProcess?.kill());
  };

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(work, work);
    return queue;
  };

  return {
    client: () => (life?.isRunning === true ? life.client : null),
    restart: () =>
      inTurn(async () => {
        await end();
        crashes = [];
        await begin();
      }),
    stop: () => inTurn(end),
  };
}
