import { watch } from "node:fs";
import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { createConnection, type Connection } from "mysql2/promise";

/** Copies a table from one server to many. */
export async function replicate(rows: readonly string[], uris: readonly string[]): Promise<void> {
  const targets: Connection[] = [];
  await using stack = new AsyncDisposableStack();
  for (const uri of uris) targets.push(stack.adopt(await createConnection(uri), (target) => target.end()));
  for (const target of targets) {
    for (const row of rows) await target.execute("INSERT INTO names VALUES (?)", [row]);
  }
}

/** The number of entries in many files, which all stay locked meanwhile. */
export function countEntries(paths: readonly string[]): number {
  using databases = new DisposableStack();
  let count = 0;
  for (const path of paths) {
    const database = databases.use(new DatabaseSync(path));
    count += Number(database.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
  }
  return count;
}

/** Runs a job in a folder of its own. */
export async function inFolder(job: (folder: string) => Promise<void>, watched?: string): Promise<void> {
  await using cleanups = new AsyncDisposableStack();
  const folder = await mkdtemp("job-");
  cleanups.defer(() => rm(folder, { recursive: true }));
  if (watched !== undefined) {
    const watcher = watch(watched);
    cleanups.defer(() => watcher.close());
  }
  await job(folder);
}

/** Runs a job that may write a log. */
export async function logged(job: (log: FileHandle | null) => Promise<void>, options: { readonly log?: string }): Promise<void> {
  let log: FileHandle | null = null;
  let lines = 0;
  {
    await using stack = new AsyncDisposableStack();
    if (options.log !== undefined) {
      log = stack.use(await open(options.log, "a"));
      await log.write("start\n");
      lines++;
    }
    await work(lines);
    await log?.write("end\n");
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
  using stack = new DisposableStack();
  stack.defer(() => controller.abort());
  const pulse = setInterval(() => tell(null), 1000);
  stack.defer(() => clearInterval(pulse));
  const late = setTimeout(() => controller.abort(), seconds * 1000);
  stack.defer(() => clearTimeout(late));
  for await (const { filename } of (await import("node:fs/promises")).watch(folder, { signal: controller.signal })) tell(filename);
}
