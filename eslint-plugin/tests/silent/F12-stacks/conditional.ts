// F12: registration in loops, branches and switch arms, and after allSettled; the stack releases what there is.
import { open } from "node:fs/promises";
import { connect as dial } from "node:net";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { createConnection, type Connection } from "mysql2/promise";
import { enter, every, listen } from "./registration.js";

type Target = { kind: "file"; path: string } | { kind: "socket"; port: number } | { kind: "none" };

export async function broadcast(targets: readonly Target[], line: string): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const sinks: Array<(text: string) => unknown> = [];
  for (const target of targets) {
    switch (target.kind) {
      case "file": {
        const file = stack.use(await open(target.path, "a"));
        sinks.push((text) => file.appendFile(text));
        break;
      }
      case "socket": {
        const socket = dial(target.port);
        stack.defer(() => void socket.destroy());
        await once(socket, "connect");
        sinks.push((text) => socket.write(text));
        break;
      }
      case "none":
        continue;
    }
  }
  for (const write of sinks) await write(`${line}\n`);
  return sinks.length;
}

export async function compareReplicas(uris: string[], query: string): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const settled = await Promise.allSettled(uris.map((uri) => createConnection({ uri })));
  const connections: Connection[] = [];
  for (const result of settled) {
    if (result.status === "fulfilled") connections.push(stack.use(result.value));
  }
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return await Promise.all(connections.map(async (connection) => JSON.stringify((await connection.query(query))[0])));
}

export async function copyLines(from: string, to: string | null, options: { journal?: string } = {}): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const input = await enter(stack, () => open(from));
  const output = stack.use(to === null ? null : await open(to, "w"));
  const journal = options.journal !== undefined ? await enter(stack, () => open(options.journal!, "a")) : undefined;
  let lines = 0;
  for await (const line of input.readLines()) {
    await output?.write(`${line}\n`);
    lines++;
  }
  await journal?.appendFile(`${from}: ${lines} lines\n`);
  return lines;
}

export function importRows(path: string, rows: Iterable<[string, number]>, onTick?: (done: number) => void): number {
  using stack = new DisposableStack();
  const db = stack.use(new DatabaseSync(path));
  let done = 0;
  if (onTick) every(stack, 1_000, () => onTick(done));
  listen(stack, process, "warning", (warning) => console.warn(warning));
  const insert = db.prepare("insert into samples (name, value) values (?, ?)");
  db.exec("begin");
  for (const [name, value] of rows) done += Number(insert.run(name, value).changes);
  db.exec("commit");
  return done;
}
