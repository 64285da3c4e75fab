import { open, type FileHandle } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";

/** Only its factory can make one, so what that opens is this class's own. */
export class Journal implements AsyncDisposable {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async at(path: string): Promise<Journal> {
    return new Journal(await open(path, "a"));
  }

  async write(line: string): Promise<void> {
    await this.#file.appendFile(`${line}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}

export class Events implements AsyncDisposable {
  private constructor(
    private readonly connection: NatsConnection,
    readonly subject: string,
  ) {}

  static async on(subject: string): Promise<Events> {
    const connection = await connect({ name: "events" });
    return new Events(connection, subject);
  }

  publish(text: string): void {
    this.connection.publish(this.subject, text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection.drain();
  }
}
