// F19: sockets that never meet the operating system: their connection is the test's.
import { ok, strictEqual } from "node:assert";
import { Socket } from "node:net";
import { test } from "node:test";

class MockSocket extends Socket {
  constructor(private readonly written: string[]) {
    super();
    this.connect();
  }

  override connect(): this {
    return this;
  }

  override write(chunk: Uint8Array | string): boolean {
    this.written.push(String(chunk));
    return true;
  }
}

test("what is written is kept", () => {
  const written: string[] = [];
  const socket = new MockSocket(written);
  socket.write("hello");
  strictEqual(written.join(), "hello");
});

test("nothing is read", () => {
  const socket = new MockSocket([]);
  ok(socket.bytesRead === 0);
});
