// F15: a long-running consumer's entry; it blocks on a top-level loop until the connection is drained.
import { connect } from "@nats-io/transport-node";
import { Kysely, MysqlDialect, type Generated } from "kysely";
import { createPool } from "mysql2";
import { Worker } from "node:worker_threads";
import { createWriteStream } from "node:fs";
import { thumbnails } from "./app.js";

interface Database {
  event: { id: Generated<number>; subject: string; payload: string };
}

const dialect = new MysqlDialect({ pool: createPool({ uri: process.env.MYSQL_URI }) });
const db = new Kysely<Database>({ dialect, log: ["error"] });
const bus = await connect({ servers: process.env.NATS_URL?.split(","), name: "event-writer", maxReconnectAttempts: -1 });
const audit = createWriteStream("audit.log", { flags: "a" });
const events = bus.subscribe("event.>", { queue: "writers" });

const indexer = new Worker(new URL("./indexer.js", import.meta.url));
indexer.on("error", async (error) => {
  console.error("indexer died", error);
  process.exitCode = 1;
  await bus.drain();
});

process.once("SIGTERM", () => bus.drain());
process.once("SIGHUP", async () => {
  await bus.reconnect();
});

void (async () => {
  for await (const status of bus.status()) console.log("nats: %s", status.type);
})();

const batch: Array<{ subject: string; payload: string }> = [];

async function flush(): Promise<void> {
  const rows = batch.splice(0);
  if (rows.length === 0) return;
  await db.insertInto("event").values(rows).execute();
  indexer.postMessage(rows.length);
}

const timer = setInterval(() => flush().catch((error) => console.error(error)), 1_000);

for await (const message of events) {
  batch.push({ subject: message.subject, payload: message.string() });
  audit.write(`${message.subject}\n`);
  if (batch.length >= 500) await flush();
}

clearInterval(timer);
await flush();
audit.end();
await Promise.all([db.destroy(), thumbnails.close(), indexer.terminate()]);
