import { DatabaseSync } from "node:sqlite";

using db = new DatabaseSync(process.env["CACHE_FILE"] ?? ":memory:"); // ✗ no-module-using: db, DatabaseSync, using, lookUp, line 7
db.exec("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT)");
const select = db.prepare("SELECT value FROM entries WHERE key = ?");

export function lookUp(key: string): string | undefined {
  const row = (db.isTransaction ? db.prepare("SELECT value FROM entries WHERE key = ?") : select).get(key);
  return row === undefined ? undefined : String(row["value"]);
}
