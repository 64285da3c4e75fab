// F17: `finally` blocks that do not do what a scope would: more, under a condition, in another order, another end.
import { createConnection as connectPlain } from "node:net";
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { createConnection, createPool } from "mysql2/promise";

export async function count(uri: string): Promise<number> {
  const connection = await createConnection(uri);
  try {
    const [rows] = await connection.query("select * from audit");
    return (rows as unknown[]).length;
  } finally {
    await connection.end();
  }
}

export async function transfer(uri: string): Promise<void> {
  const pool = createPool(uri);
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    await connection.query("update account set amount = amount - 1");
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
    await pool.end();
  }
}

export async function send(port: number, text: string): Promise<void> {
  const socket = connectPlain(port);
  try {
    await new Promise((resolve) => socket.write(text, resolve));
  } finally {
    socket.destroy();
  }
}

export async function write(path: string, lines: readonly string[]): Promise<void> {
  const handle = await open(path, "w");
  try {
    for (const line of lines) await handle.appendFile(line);
  } finally {
    await handle.sync().finally(() => handle.close());
  }
}

export async function keep(path: string, inspect: (handle: FileHandle) => boolean): Promise<FileHandle | null> {
  const handle = await open(path);
  let wanted = false;
  try {
    wanted = inspect(handle);
    return wanted ? handle : null;
  } finally {
    if (!wanted) await handle.close();
  }
}

export function timed(path: string): number {
  const started = performance.now();
  const db = new DatabaseSync(path);
  try {
    db.exec("VACUUM");
    return db.prepare("PRAGMA page_count").all().length;
  } finally {
    db.close();
    console.log("closed after %d ms", performance.now() - started);
  }
}
