import { DatabaseSync } from "node:sqlite";

const SCHEMA = "CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT); PRAGMA user_version = 2";

function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

export function lookUp(path: string, key: string): string | undefined {
  const db = new DatabaseSync(path, { readOnly: true }); // ✗ require-using: db, DatabaseSync, new DatabaseSync(), using
  const row = db.prepare("SELECT value FROM entries WHERE key = ?").get(key);
  return row === undefined ? undefined : String(row["value"]);
}

/** Entries in the cache; starts a new file beside an outdated one. */
export function countEntries(path: string): number {
  let db = new DatabaseSync(path); // ✗ no-leak-on-path: db, DatabaseSync, new DatabaseSync(), line 20, using
  try {
    if (schemaVersion(db) < 2) {
      db = new DatabaseSync(`${path}.v2`);
      db.exec(SCHEMA);
    }
    return Number(db.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
  } finally {
    db.close();
  }
}

export function setAll(path: string, values: Record<string, string>): void {
  const db = new DatabaseSync(path); // ✗ no-leak-on-throw: db, DatabaseSync, new DatabaseSync(), line 31, using
  const put = db.prepare("INSERT OR REPLACE INTO entries VALUES (?, ?)");
  for (const [key, value] of Object.entries(values)) {
    put.run(key, value);
  }
  db.close();
}
