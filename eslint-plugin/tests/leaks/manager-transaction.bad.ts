import type { Pool, PoolConnection } from "mysql2/promise";
import { asyncContextManager } from "../silent/F13-implementations/manager.js";

/** Written after Python's `@asynccontextmanager`: neither the commit nor the rollback ever runs. */
export const transaction = asyncContextManager(async function* (pool: Pool) {
  const connection: PoolConnection = await pool.getConnection();
  await connection.beginTransaction();
  try {
    yield connection;
    await connection.commit(); // ✗ valid-generator-manager: connection.commit(), never runs, finally
  } catch (error) { // ✗ valid-generator-manager: catch, never sees
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
});

export const schema = asyncContextManager(async function* (pool: Pool, name: string) {
  await pool.query("create schema ??", [name]);
  yield name;
  await pool.query("drop schema ??", [name]); // ✗ valid-generator-manager: pool.query(), never runs
});
