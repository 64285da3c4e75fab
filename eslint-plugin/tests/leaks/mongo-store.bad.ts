import { MongoClient, type Collection } from "mongodb";

interface Note {
  _id: string;
  text: string;
  tags: string[];
}

export class NoteStore implements AsyncDisposable {
  readonly #client: MongoClient;
  readonly #notes: Collection<Note>;

  private constructor(client: MongoClient) {
    this.#client = client;
    this.#notes = client.db("notes").collection<Note>("notes");
  }

  static async open(url: string): Promise<NoteStore> {
    await using client = await MongoClient.connect(url, { maxPoolSize: 4 });
    return new NoteStore(client); // ✗ no-escaping-using: client, MongoClient
  }

  async byTag(tag: string): Promise<Note[]> {
    return await this.#notes.find({ tags: tag }).toArray();
  }

  async save(note: Note): Promise<void> {
    await this.#notes.replaceOne({ _id: note._id }, note, { upsert: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }
}
