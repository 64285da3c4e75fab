// F6: wrappers whose disposer only disposes what they were given, around what somebody else ends.
import { open, type FileHandle } from "node:fs/promises";

class Messenger implements AsyncDisposable {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async say(text: string): Promise<void> {
    await this.#file.write(`${text}\n`);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

export async function refuse(file: FileHandle, reason: string): Promise<void> {
  await new Messenger(file).say(reason);
}

export async function greet(file: FileHandle, isKnown: boolean): Promise<void> {
  const messenger = new Messenger(file);
  if (!isKnown) {
    await messenger.say("who are you?");
    await messenger.close();
    return;
  }
  await messenger.say("hello");
}

export async function logged(path: string, lines: readonly string[]): Promise<void> {
  await using file = await open(path, "a");
  const messenger = new Messenger(file);
  for (const line of lines) await messenger.say(line);
}

export class Log implements AsyncDisposable {
  constructor(private readonly file: FileHandle) {}

  async warn(text: string): Promise<void> {
    const messenger = new Messenger(this.file);
    await messenger.say(`warning: ${text}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close();
  }
}
