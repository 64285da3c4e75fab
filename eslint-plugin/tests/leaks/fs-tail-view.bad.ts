import type { ReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** The last bytes of a log, for the download button. */
export async function tail(path: string, bytes: number): Promise<ReadStream> {
  await using handle = await open(path, "r");
  const { size } = await handle.stat();
  return handle.createReadStream({ start: Math.max(0, size - bytes) }); // ✗ no-escaping-using: handle, FileHandle
}

/** Opens the log for one request handler. */
export async function openAppender(path: string): Promise<(line: string) => Promise<void>> {
  await using handle = await open(path, "a");
  return async (line) => { // ✗ no-escaping-using: handle, FileHandle
    await handle.appendFile(`${line}\n`);
  };
}

export async function firstBytes(path: string, count: number): Promise<string> {
  await using handle = await open(path, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
  return buffer.toString("utf8", 0, bytesRead);
}
