// F14: tests of disposers dispose by hand, and look at what is left; the scope is for the test that fails before.
import { ok, strictEqual } from "node:assert";
import { open } from "node:fs/promises";
import { describe, it } from "node:test";

class Channel implements AsyncDisposable {
  readonly received: string[] = [];
  readonly #sent: Promise<void>[] = [];

  constructor(private readonly deliver: (text: string) => Promise<void>) {}

  send(text: string): void {
    this.#sent.push(this.deliver(text).then(() => void this.received.push(text)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sent);
    await this.deliver("bye");
  }
}

describe("a channel", () => {
  const nowhere = (): Promise<void> => Promise.resolve();

  it("sends nothing once it is disposed", async () => {
    const channel = new Channel(nowhere);
    await channel[Symbol.asyncDispose]();
    channel.send("late");
    strictEqual(channel.received.length, 0);
  });

  it("has sent everything when it is disposed", async () => {
    await using channel = new Channel(nowhere);
    channel.send("early");
    await channel[Symbol.asyncDispose]();
    strictEqual(channel.received.join(), "early");
  });

  it("may be asked outside of its scope", async () => {
    let last: Channel;
    {
      await using channel = new Channel(nowhere);
      last = channel;
    }
    last.send("late");
    ok(last.received.length === 0);
  });
});

it("a file handle that is closed fails", async () => {
  const handle = await open(import.meta.filename);
  await handle.close();
  try {
    await handle.stat();
    ok(false, "it did not fail");
  } catch (error) {
    ok(error instanceof Error);
  }
});
