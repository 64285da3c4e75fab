import { watch } from "node:fs";
import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { createConnection, type Connection } from "mysql2/promise";

/** Copies a table from one server to many. */
export async function replicate(rows: readonly string[], uris: readonly string[]): Promise<void> {
  const targets: Connection[] = []; // ✗ prefer-disposable-stack: targets, Connection, createConnection(), line 15, await using
  try {
    for (const uri of uris) targets.push(await createConnection(uri));
    for (const target of targets) {
      for (const row of rows) await target.execute("INSERT INTO names VALUES (?)", [row]);
    }
  } finally {
    for (const target of targets.reverse()) await target.end();
  }
}

/** The number of entries in many files, which all stay locked meanwhile. */
export function countEntries(paths: readonly string[]): number {
  const databases: DatabaseSync[] = []; // ✗ prefer-disposable-stack: databases, DatabaseSync, new DatabaseSync(), line 30, using
  let count = 0;
  try {
    for (const path of paths) {
      const database = new DatabaseSync(path);
      databases.push(database);
      count += Number(database.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
    }
  } finally {
    for (const database of databases) database.close();
  }
  return count;
}

/** Runs a job in a folder of its own. */
export async function inFolder(job: (folder: string) => Promise<void>, watched?: string): Promise<void> {
  const cleanups: (() => Promise<void> | void)[] = []; // ✗ prefer-disposable-stack: cleanups, line 47, await using, AsyncDisposableStack, defer
  try {
    const folder = await mkdtemp("job-");
    cleanups.push(() => rm(folder, { recursive: true }));
    if (watched !== undefined) {
      const watcher = watch(watched);
      cleanups.push(() => watcher.close());
    }
    await job(folder);
  } finally {
    while (cleanups.length > 0) {
      const cleanup = cleanups.pop();
      await cleanup?.();
    }
  }
}

/** Runs a job that may write a log. */
export async function logged(job: (log: FileHandle | null) => Promise<void>, options: { readonly log?: string }): Promise<void> {
  let log: FileHandle | null = null;
  let lines = 0;
  try {
    if (options.log !== undefined) {
      log = await open(options.log, "a"); // ✗ prefer-disposable-stack: log, FileHandle, line 60, line 67, await using
      await log.write("start\n");
      lines++;
    }
    await work(lines);
    await log?.write("end\n");
  } finally {
    if (log) await log.close();
  }
  await job(null);
}

async function work(lines: number): Promise<void> {
  console.log(lines);
  await Promise.resolve();
}

/** Watches a folder for a while. */
export async function observe(folder: string, seconds: number, tell: (name: string | null) => void): Promise<void> {
  const controller = new AbortController();
  try { // ✗ prefer-disposable-stack: 3, clearTimeout(), clearInterval(), controller.abort(), DisposableStack, using
    const pulse = setInterval(() => tell(null), 1000);
    try {
      const late = setTimeout(() => controller.abort(), seconds * 1000);
      try {
        for await (const { filename } of (await import("node:fs/promises")).watch(folder, { signal: controller.signal })) tell(filename);
      } finally {
        clearTimeout(late);
      }
    } finally {
      clearInterval(pulse);
    }
  } finally {
    controller.abort();
  }
}
