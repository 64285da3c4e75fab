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
    return new UserRepository(new Kysely<Database>({ dialect }));
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
  return await db.selectFrom("user").selectAll().where("mail", "is", null).execute();
}
