import { createConnection, type RowDataPacket } from "mysql2/promise";

export interface Migration {
  version: number;
  statements: string[];
}

interface VersionRow extends RowDataPacket {
  version: number | null;
}

/** Applies what is newer than the recorded version and returns the version reached. */
export async function migrate(uri: string, migrations: Migration[]): Promise<number> {
  const connection = await createConnection(uri); // ✗ no-leak-on-throw: connection, Connection, createConnection(), line 15, await using
  const [rows] = await connection.query<VersionRow[]>("SELECT MAX(version) AS version FROM schema_version");
  let version = rows[0]?.version ?? 0;
  for (const migration of migrations) {
    if (migration.version <= version) continue;
    for (const statement of migration.statements) {
      await connection.query(statement);
    }
    await connection.execute("INSERT INTO schema_version VALUES (?)", [migration.version]);
    version = migration.version;
  }
  await connection.end();
  return version;
}
