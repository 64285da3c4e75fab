#!/usr/bin/env node
// F15: entries with `using` at module scope that also export what they call, listen while they wait, and hand out data.
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";

using db = new DatabaseSync(process.env["DATABASE_FILE"] ?? ":memory:");
await using log = await open("migrate.log", "a");

/** Exported for the tests, which import this file and find everything migrated. */
export async function migrate(name: string): Promise<void> {
  db.exec(await readFile(name, "utf8"));
  await log.appendFile(`${name}\n`);
}

export const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
export const { size } = await log.stat();
export const tables = db.prepare("SELECT name FROM sqlite_master").all().map((row) => `${db.isOpen ? "" : "closed: "}${String(row["name"])}`);

process.once("SIGINT", () => {
  db.close();
  void log.close();
});
parentPort?.on("message", async (name: string) => {
  await migrate(name);
  parentPort?.postMessage({ name, open: db.isOpen });
});

const status = createServer((_request, response) => {
  response.end(JSON.stringify(db.prepare("PRAGMA user_version").get()));
});
const progress = setInterval(() => void log.appendFile("still running\n"), 10_000);
try {
  status.listen(0);
  for (const name of process.argv.slice(2)) await migrate(name);
  await once(status, "close");
} finally {
  clearInterval(progress);
}

export const isOpen = (): boolean => db.isOpen;
export default { version, tables, fd: log.fd };
