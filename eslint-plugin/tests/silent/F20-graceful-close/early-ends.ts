// F20: ends that come early on some way, or leave the rest to the scope.
import { open } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";

export async function copyUntil(path: string, target: string, marker: string): Promise<number> {
  await using source = await open(path);
  await using copy = await open(target, "w");
  let lines = 0;
  for await (const line of source.readLines()) {
    if (line === marker) {
      await source[Symbol.asyncDispose]();
      break;
    }
    await copy.write(`${line}\n`);
    lines += 1;
  }
  return lines;
}

export function compact(path: string, dryRun: boolean): void {
  using db = new DatabaseSync(path);
  if (dryRun) {
    db[Symbol.dispose]();
    console.log(`${path} would be compacted`);
    return;
  }
  db.exec("vacuum");
}

export async function main(path: string): Promise<never> {
  await using file = await open(path);
  const { size } = await file.stat();
  // The end of the program skips the end of the scope.
  await file[Symbol.asyncDispose]();
  process.exit(size === 0 ? 1 : 0);
}
