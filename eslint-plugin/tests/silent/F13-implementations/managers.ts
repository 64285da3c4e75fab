// F13: inside a manager the resource is yielded, and finally or await using releases it.
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import type { Pool, PoolConnection } from "mysql2/promise";
import { MongoClient, type ClientSession, type Db } from "mongodb";
import { chromium, type LaunchOptions, type Page } from "playwright-core";
import { asyncContextManager, contextManager, disposable } from "./manager.js";

export const openPage = asyncContextManager(async function* (url: string, options?: LaunchOptions) {
  await using browser = await chromium.launch(options);
  await using context = await browser.newContext();
  await using page = await context.newPage();
  await page.goto(url);
  yield page as Page;
});

export const transaction = asyncContextManager(async function* (pool: Pool, isolation?: "serializable") {
  const connection: PoolConnection = await pool.getConnection();
  let committed = false;
  try {
    if (isolation) await connection.query(`set transaction isolation level ${isolation}`);
    await connection.beginTransaction();
    yield {
      connection,
      commit: async () => {
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

export const replaceFile = asyncContextManager(async function* replaceFile(path: string) {
  const temporary = `${path}.${process.pid}.tmp`;
  const file: FileHandle = await open(temporary, "wx");
  let committed = false;
  const commit = async () => {
    await file.sync();
    await rename(temporary, path);
    committed = true;
  };
  try {
    yield { file, commit };
  } finally {
    await file.close();
    if (!committed) await rm(temporary, { force: true });
  }
});

export const databaseSession = asyncContextManager(async function* (uri: string) {
  await using stack = new AsyncDisposableStack();
  const client = stack.use(new MongoClient(uri));
  const session = stack.use(client.startSession());
  yield [client.db(), session] as [Db, ClientSession];
});

export const maintenanceWindow = contextManager(function* (flags: Set<string>) {
  flags.add("maintenance");
  using _ = disposable(() => flags.delete("maintenance"));
  yield flags as ReadonlySet<string>;
});

export async function publish(pool: Pool, path: string, id: number): Promise<void> {
  await using tx = await transaction(pool, "serializable");
  const { connection, commit } = tx.value;
  const [rows] = await connection.query("select body from page where id = ? for update", [id]);
  {
    await using target = await replaceFile(path);
    await target.value.file.writeFile(JSON.stringify(rows));
    await target.value.commit();
  }
  await connection.query("update page set published = now() where id = ?", [id]);
  await commit();
}
