import { DatabaseSync } from "node:sqlite";

const SCHEMA = "CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT); PRAGMA user_version = 2";

function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

export function lookUp(path: string, key: string): string | undefined {
  using db = new DatabaseSync(path, { readOnly: true });
  const row = db.prepare("SELECT value FROM entries WHERE key = ?").get(key);
  return row === undefined ? undefined : String(row["value"]);
}

function count(db: DatabaseSync): number {
  return Number(db.prepare("SELECT COUNT(*) AS count FROM entries").get()?.["count"]);
}

/** Entries in the cache; starts a new file beside an outdated one. */
export function countEntries(path: string): number {
  using current = new DatabaseSync(path);
  if (schemaVersion(current) >= 2) return count(current);
  using fresh = new DatabaseSync(`${path}.v2`);
  fresh.exec(SCHEMA);
  return count(fresh);
}

export function setAll(path: string, values: Record<string, string>): void {
  using db = new DatabaseSync(path);
  const put = db.prepare("INSERT OR REPLACE INTO entries VALUES (?, ?)");
  for (const [key, value] of Object.entries(values)) {
    put.run(key, value);
  }
}
