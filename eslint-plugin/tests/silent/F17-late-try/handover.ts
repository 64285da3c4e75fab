// F17: what was acquired is stored, swapped, returned or disposed, right after a look at where it should go.
import { open, type FileHandle } from "node:fs/promises";
import { createConnection, type Connection } from "mysql2/promise";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { fail, release, settle } from "./release.js";

export async function keepOrClose(uri: string, keep: Map<string, Connection>): Promise<boolean> {
  if (keep.has(uri)) return true;
  const connection = await createConnection(uri);
  if (keep.size < 10) {
    keep.set(uri, connection);
    return true;
  } else {
    await connection.end();
    return false;
  }
}

export async function bind(port: number, attempts = 5): Promise<Server> {
  while (attempts-- > 0) {
    const server = createServer();
    try {
      await once(server.listen(port), "listening");
      return server;
    } catch (error) {
      server.close();
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      port++;
    }
  }
  return fail("no free port");
}

export async function compareHeads(left: string, right?: string): Promise<boolean> {
  const a = await open(left);
  let b: FileHandle | undefined;
  try {
    b = right === undefined ? undefined : await open(right);
    const [x, y] = await Promise.all([a.read(Buffer.alloc(64)), b?.read(Buffer.alloc(64))]);
    return y !== undefined && x.buffer.equals(y.buffer);
  } finally {
    await settle(a, b);
  }
}

export async function swap(holder: { current: Connection | null }, uri: string): Promise<void> {
  const next = await createConnection(uri);
  const previous = holder.current;
  holder.current = next;
  await release(previous);
}
