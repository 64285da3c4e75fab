// F05: schema views, sublevels, pool namespaces and callback arguments share what their parent owns.
import type { AbstractLevel, AbstractSublevel } from "abstract-level";
import { CamelCasePlugin, type Kysely, type Transaction } from "kysely";
import type { PoolCluster, RowDataPacket } from "mysql2/promise";
import { openPool } from "./clients.js";

interface Tables {
  person: { id: number; firstName: string; email: string | null };
}
type Level = AbstractLevel<Uint8Array, string, string>;
type Users = AbstractSublevel<Level, Uint8Array, string, { name: string }>;

export function tenantView(db: Kysely<Tables>, tenant: string): Kysely<Tables> {
  const view = db.withSchema(`tenant_${tenant}`);
  return tenant.includes("_") ? view : view.withPlugin(new CamelCasePlugin());
}

export async function findPerson(db: Kysely<Tables>, tenant: string, id: number): Promise<string | undefined> {
  const view = tenantView(db, tenant);
  const plain = view.withoutPlugins();
  const row = await view.selectFrom("person").select("firstName").where("id", "=", id).executeTakeFirst();
  const again = row ?? (await plain.selectFrom("person").select("firstName").executeTakeFirst());
  return again?.firstName;
}

export async function rename(db: Kysely<Tables>, names: ReadonlyMap<number, string>): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const people = trx.withSchema("hr");
    let renamed = 0;
    for (const [id, firstName] of names) renamed += await renameOne(people, id, firstName);
    return renamed;
  });
}

async function renameOne(trx: Transaction<Tables>, id: number, firstName: string): Promise<number> {
  const target = trx;
  const result = await target.updateTable("person").set({ firstName }).where("id", "=", id).executeTakeFirst();
  return Number(result.numUpdatedRows);
}

export const onOneConnection = (db: Kysely<Tables>) =>
  db.connection().execute(async (conn) => {
    const same = conn;
    return await same.selectFrom("person").select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow();
  });

export class UserStore {
  readonly #users: Users;
  readonly #index;

  constructor(readonly db: Level) {
    this.#users = db.sublevel<string, { name: string }>("users", { valueEncoding: "json" });
    this.#index = db.sublevel("by-name");
  }

  async add(id: string, name: string): Promise<void> {
    const audit = this.db.sublevel(["audit", id]);
    await this.#users.put(id, { name });
    await this.#index.put(name, id);
    await audit.put(new Date().toISOString(), "added");
  }
}

export async function replicaLag(cluster: PoolCluster, tenant: string): Promise<number> {
  const replicas = cluster.of("replica*", "RANDOM");
  const [[replica]] = await replicas.query<RowDataPacket[]>("select max(ts) as ts from heartbeat");
  await using conn = await openPool(tenant).getConnection();
  const [[primary]] = await conn.query<RowDataPacket[]>("select max(ts) as ts from heartbeat");
  return Number(primary?.ts ?? 0) - Number(replica?.ts ?? 0);
}
