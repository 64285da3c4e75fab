import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Pool } from "mysql2/promise";

/** Reads a table in pages, over one connection. */
async function* pages(pool: Pool, table: string): AsyncGenerator<unknown, void, void> {
  const connection = await pool.getConnection();
  try {
    for (let offset = 0; ; offset += 100) {
      const [rows] = await connection.query("select * from ?? limit 100 offset ?", [table, offset]);
      if (!Array.isArray(rows) || rows.length === 0) return;
      yield rows;
    }
  } finally {
    connection.release();
  }
}

export async function isEmpty(pool: Pool, table: string): Promise<boolean> {
  const all = pages(pool, table); // ✗ no-abandoned-generator: all, pages(), next(), return()
  const { done } = await all.next();
  return done === true;
}

async function* lines(file: string): AsyncGenerator<string, void, void> {
  await using handle = await open(file);
  for await (const line of handle.readLines()) yield line;
}

export async function headerOf(file: string): Promise<string> {
  const { value } = await lines(file).next(); // ✗ no-abandoned-generator: lines(), next(), for…of
  return value ?? "";
}

export async function sizeOf(file: string): Promise<number> {
  let size = 0;
  for await (const chunk of createReadStream(file)) size += (chunk as Buffer).length;
  return size;
}
