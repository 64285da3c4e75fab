// F13: managers of unusual but right shapes, helpers of other kinds, and generators that are no managers.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { asyncContextManager } from "./manager.js";

export const temporaryFolder = asyncContextManager(async function* (prefix: string = "work-") {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  try {
    yield folder;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function* listening(port: number): AsyncGenerator<Server, void, void> {
  const server = createServer();
  server.listen(port);
  await once(server, "listening");
  try {
    yield server;
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const httpServer = asyncContextManager(listening);

/** One of several candidates; the first that opens is it. */
export const firstOf = asyncContextManager(async function* (files: readonly string[]) {
  for (const file of files) {
    let handle: FileHandle;
    try {
      handle = await open(file);
    } catch {
      continue;
    }
    try {
      yield handle;
    } finally {
      await handle.close();
    }
    return;
  }
  throw new Error(`none of ${files.join(", ")} can be opened`);
});

/** What is there already is not released. */
export const folderAt = asyncContextManager(async function* (given?: string) {
  if (given !== undefined) {
    yield given;
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), "own-"));
  try {
    yield folder;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The callback form sees the body's error, so its generator may commit and roll back. */
export async function runManaged<T, R>(it: AsyncGenerator<T, void, void>, body: (value: T) => Promise<R>): Promise<R | undefined> {
  const first = await it.next();
  if (first.done) throw new TypeError("the manager ended without yielding a value");
  let result: R | undefined;
  try {
    result = await body(first.value);
  } catch (error) {
    await it.throw(error);
    return undefined;
  }
  await it.next();
  return result;
}

export interface Ledger {
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

async function* booking(ledger: Ledger): AsyncGenerator<Ledger, void, void> {
  await ledger.begin();
  try {
    yield ledger;
    await ledger.commit();
  } catch (error) {
    await ledger.rollback();
    throw error;
  }
}

export async function book(ledger: Ledger): Promise<void> {
  await runManaged(booking(ledger), async (open) => {
    await open.commit();
  });
}

/** A producer of data with cleanup of its own: `for await` closes it. */
export async function* linesOf(file: string): AsyncGenerator<string, void, void> {
  const handle = await open(file);
  try {
    for await (const line of handle.readLines({ autoClose: false })) yield line;
  } finally {
    await handle.close();
  }
}

export async function* linesOfAll(files: readonly string[]): AsyncGenerator<string, void, void> {
  for (const file of files) yield* linesOf(file);
}

export async function countLines(files: readonly string[]): Promise<number> {
  let count = 0;
  for await (const _ of linesOfAll(files)) count += 1;
  return count;
}
