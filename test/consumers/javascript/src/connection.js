export class Connection {
  static async open() {
    return new Connection();
  }

  async [Symbol.dispose]() { // ✗ no-async-dispose: Symbol.asyncDispose
    await this.end();
  }

  async end() {}
}

class Channel {
  async [Symbol.asyncDispose]() {}
}

async function openChannel() {
  return new Channel();
}

export async function send() {
  using channel = new Channel(); // ✗ no-sync-using: channel, await using
  channel.send?.();
}

export async function broadcast() {
  await using stack = new AsyncDisposableStack();
  stack.use(openChannel()); // ✗ no-unawaited-acquisition: openChannel(), await
  await using direct = await openChannel();
  direct.send?.();
}
