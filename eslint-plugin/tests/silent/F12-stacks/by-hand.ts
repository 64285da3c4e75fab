// F12: no stack, and on purpose: releases that run concurrently, first to last, with their failures dealt with one by one, or in other hands.
import { watch } from "node:fs";
import { open, rm, type FileHandle } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";

type Cleanup = () => Promise<void> | void;

export async function concurrently(uris: readonly string[]): Promise<number> {
  const connections: Connection[] = [];
  try {
    for (const uri of uris) connections.push(await createConnection(uri));
    const results = await Promise.all(connections.map((connection) => connection.query("SELECT 1")));
    return results.length;
  } finally {
    await Promise.allSettled(connections.map((connection) => connection.end()));
  }
}

/** What takes requests stops first, what answers them last. */
export async function firstToLast(start: (cleanups: Cleanup[]) => Promise<void>, run: () => Promise<void>): Promise<void> {
  const cleanups: Cleanup[] = [];
  try {
    await start(cleanups);
    await run();
  } finally {
    for (const cleanup of cleanups) await cleanup();
  }
}

export async function oneByOne(paths: readonly string[], warn: (error: unknown) => void): Promise<void> {
  const handles: FileHandle[] = [];
  try {
    for (const path of paths) handles.push(await open(path));
    for (const handle of handles) await handle.sync();
  } finally {
    for (const handle of handles.reverse()) await handle.close().catch(warn);
  }
}

/** The cleanups of a component that outlives the call. */
export class Component {
  readonly #cleanups: Cleanup[] = [];

  start(folder: string, tell: () => void): void {
    const watcher = watch(folder, tell);
    this.#cleanups.push(() => watcher.close());
    const pulse = setInterval(tell, 1000);
    this.#cleanups.push(() => clearInterval(pulse));
  }

  async stop(): Promise<void> {
    try {
      await Promise.resolve();
    } finally {
      for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
    }
  }
}

export async function twoLevels(folder: string, job: () => Promise<void>, report: (ms: number) => void): Promise<void> {
  const began = Date.now();
  try {
    const pulse = setInterval(() => report(Date.now() - began), 1000);
    try {
      await job();
    } finally {
      clearInterval(pulse);
    }
  } finally {
    report(Date.now() - began);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Three levels, each with work of its own between the releases. */
export async function withWorkBetween(job: () => Promise<void>, report: (step: string) => void): Promise<void> {
  const outer = setInterval(report, 1000, "outer");
  try {
    const middle = setInterval(report, 100, "middle");
    try {
      const inner = setInterval(report, 10, "inner");
      try {
        await job();
      } finally {
        clearInterval(inner);
      }
      report("the inner one is done");
    } finally {
      clearInterval(middle);
    }
    report("the middle one is done");
  } finally {
    clearInterval(outer);
  }
}

/** Whether it is kept is decided at the end. */
export async function unlessKept(path: string, decide: (handle: FileHandle | null) => Promise<boolean>, keep: (handle: FileHandle) => void): Promise<void> {
  let handle: FileHandle | null = null;
  let isKept = false;
  try {
    if (path !== "") handle = await open(path);
    isKept = await decide(handle);
    if (handle !== null && isKept) keep(handle);
  } finally {
    if (!isKept) await handle?.close();
  }
}

/** The pool of connections that the functions of a batch share, each opened when it is first asked for. */
export async function batch(uris: ReadonlyMap<string, string>, run: (connect: (name: string) => Promise<Connection>) => Promise<void>): Promise<void> {
  const connections: Connection[] = [];
  try {
    await run(async (name) => {
      const connection = await createConnection(uris.get(name) ?? "");
      connections.push(connection);
      return connection;
    });
  } finally {
    for (const connection of connections.reverse()) await connection.end();
  }
}
