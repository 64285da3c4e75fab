import type { Pool, PoolConnection } from "mysql2/promise";
import { asyncContextManager } from "../silent/F13-implementations/manager.js";

/** The user commits; what was not committed is rolled back. */
export const transaction = asyncContextManager(async function* (pool: Pool) {
  const connection: PoolConnection = await pool.getConnection();
  let committed = false;
  try {
    await connection.beginTransaction();
    yield {
      connection,
      async commit() {
        await connection.commit();
        committed = true;
      },
    };
  } finally {
    try {
      if (!committed) await connection.rollback();
    } finally {
      connection.release();
    }
  }
});

export const schema = asyncContextManager(async function* (pool: Pool, name: string) {
  await pool.query("create schema ??", [name]);
  try {
    yield name;
  } finally {
    await pool.query("drop schema ??", [name]);
  }
});
