import { Kysely, type Dialect, type Selectable } from "kysely";

interface UserTable {
  id: string;
  name: string;
  mail: string | null;
}

interface Database {
  user: UserTable;
}

export class UserRepository implements AsyncDisposable {
  readonly #db: Kysely<Database>;

  private constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  static async connect(dialect: Dialect): Promise<UserRepository> {
    await using db = new Kysely<Database>({ dialect });
    await db.selectFrom("user").select("id").limit(1).execute();
    return new UserRepository(db); // ✗ no-escaping-using: db, Kysely
  }

  async find(id: string): Promise<Selectable<UserTable> | undefined> {
    return await this.#db.selectFrom("user").selectAll().where("id", "=", id).executeTakeFirst();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#db.destroy();
  }
}

export async function withoutMail(dialect: Dialect): Promise<Selectable<UserTable>[]> {
  await using db = new Kysely<Database>({ dialect });
  return db.selectFrom("user").selectAll().where("mail", "is", null).execute(); // ✗ no-unawaited-use: db, Kysely, await
}
