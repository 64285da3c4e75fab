import { open } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";

/** Copies the audit table to a file, and then empties it. */
export async function archive(uri: string, path: string): Promise<number> {
  const db: Connection = await createConnection(uri); // ✗ no-leak-on-throw: db, Connection, line 7
  const [rows] = await db.query("select * from audit");
  await db[Symbol.asyncDispose]();
  await using file = await open(path, "w");
  await file.writeFile(JSON.stringify(rows));
  await file.close();
  await file.chmod(0o400); // ✗ no-use-after-dispose: file, a FileHandle, line 11, file.chmod()
  await db.query("delete from audit"); // ✗ no-use-after-dispose: db, Connection, line 8, db.query()
  return (rows as unknown[]).length;
}

export async function lockAll(paths: readonly string[]): Promise<AsyncDisposableStack> {
  await using stack = new AsyncDisposableStack();
  for (const path of paths) stack.use(await open(`${path}.lock`, "wx"));
  const locks = stack.move();
  stack.defer(() => console.log("unlocked")); // ✗ no-use-after-dispose: stack, stack.move(), line 20, stack.defer(), ReferenceError
  return locks;
}
