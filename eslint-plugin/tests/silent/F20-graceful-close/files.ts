// F20: a file is closed before the next step needs it closed; the scope closes it on every other path.
import { createWriteStream, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { mkdtempDisposable, open, opendir, rename, stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { execFileSync } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { join } from "node:path";
import { Spool, written } from "./graceful.js";

export async function writeAtomically(path: string, chunks: AsyncIterable<string>): Promise<number> {
  const temporary = `${path}.tmp`;
  await using file = await open(temporary, "wx");
  for await (const chunk of chunks) await file.write(chunk);
  await file.sync();
  await file.close();
  await rename(temporary, path);
  return (await stat(path)).size;
}

export async function spoolLines(path: string, lines: Iterable<string>): Promise<number> {
  await using sink = createWriteStream(path);
  await using spool = new Spool(sink);
  let count = 0;
  for (const line of lines) {
    if (spool.add(line).size > 1_000) count += await spool.flush();
  }
  count += await spool.flush();
  await spool.close();
  sink.end();
  await written(sink);
  return count;
}

export async function appendUnlessFull(path: string, line: string, limit: number): Promise<boolean> {
  await using file = await open(path, "a+");
  const { size } = await file.stat();
  if (size + line.length > limit) {
    await file.close();
    await rename(path, `${path}.${Date.now()}`);
    return false;
  }
  await file.appendFile(line);
  return true;
}

export function vacuum(path: string): number {
  using db = new DatabaseSync(path);
  db.exec("vacuum");
  db.close();
  execFileSync("sqlite3", [path, "pragma integrity_check"], { stdio: "inherit" });
  using copy = new DatabaseSync(path, { readOnly: true });
  return Number(copy.prepare("pragma page_count").get()?.page_count);
}

export async function isEmpty(directory: string): Promise<boolean> {
  await using entries = await opendir(directory);
  const first = await entries.read();
  await entries.close();
  return first === null;
}

export function runScript(source: string): string {
  using directory = mkdtempDisposableSync("script-");
  const path = join(directory.path, "main.mjs");
  writeFileSync(path, source);
  const output = execFileSync(process.execPath, [path], { encoding: "utf8" });
  directory.remove();
  return output;
}

export async function choose(options: readonly string[]): Promise<string> {
  using prompt = createInterface({ input: process.stdin, output: process.stdout });
  await using scratch = await mkdtempDisposable("answers-");
  for (;;) {
    const answer = await prompt.question(`${options.join(" / ")}? `);
    if (!options.includes(answer)) continue;
    prompt.close();
    await using log = await open(join(scratch.path, "answer"), "w");
    await log.writeFile(answer);
    await log.close();
    return answer;
  }
}
