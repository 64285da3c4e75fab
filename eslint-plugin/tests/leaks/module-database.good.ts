import { DatabaseSync } from "node:sqlite";

const db = new DatabaseSync(process.env["CACHE_FILE"] ?? ":memory:");
db.exec("CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT)");
const select = db.prepare("SELECT value FROM entries WHERE key = ?");
process.once("exit", () => db.close());

export function lookUp(key: string): string | undefined {
  const row = (db.isTransaction ? db.prepare("SELECT value FROM entries WHERE key = ?") : select).get(key);
  return row === undefined ? undefined : String(row["value"]);
}
