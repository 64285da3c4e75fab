import { open } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";

/** Copies the audit table to a file, and then empties it. */
export async function archive(uri: string, path: string): Promise<number> {
  await using db: Connection = await createConnection(uri);
  const [rows] = await db.query("select * from audit");
  await using file = await open(path, "w");
  await file.writeFile(JSON.stringify(rows));
  await file.chmod(0o400);
  await file.close();
  await db.query("delete from audit");
  return (rows as unknown[]).length;
}

export async function lockAll(paths: readonly string[]): Promise<AsyncDisposableStack> {
  await using stack = new AsyncDisposableStack();
  for (const path of paths) stack.use(await open(`${path}.lock`, "wx"));
  stack.defer(() => console.log("unlocked"));
  return stack.move();
}
