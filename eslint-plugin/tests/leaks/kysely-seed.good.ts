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
  await using db = new Kysely<Database>({ dialect });
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
  return written;
}
