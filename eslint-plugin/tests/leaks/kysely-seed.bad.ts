import { Kysely, type Dialect } from "kysely";

interface Database {
  user: { id: string; name: string; admin: number };
}

const demoUsers = [
  { id: "u1", name: "Ada", admin: 1 },
  { id: "u2", name: "Grace", admin: 0 },
];

/** Fills the user table; returns how many rows were written. */
export async function seed(dialect: Dialect, mode: "none" | "demo" | "reset"): Promise<number> {
  const db = new Kysely<Database>({ dialect }); // ✗ no-leak-on-path: db, Kysely, new Kysely(), line 18, await using
  let written = 0;
  switch (mode) {
    case "none":
      return written;
    case "reset":
      await db.deleteFrom("user").execute();
      break;
    case "demo":
      await db.insertInto("user").values(demoUsers).execute();
      written = demoUsers.length;
      break;
  }
  await db.destroy();
  return written;
}
