import { createReadStream, type ReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";

export interface Appender extends AsyncDisposable {
  append(line: string): Promise<void>;
}

/** The last bytes of a log, for the download button. */
export async function tail(path: string, bytes: number): Promise<ReadStream> {
  const { size } = await stat(path);
  return createReadStream(path, { start: Math.max(0, size - bytes) });
}

/** Opens the log for one request handler. */
export async function openAppender(path: string): Promise<Appender> {
  const handle = await open(path, "a");
  return {
    append: async (line) => {
      await handle.appendFile(`${line}\n`);
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

export async function firstBytes(path: string, count: number): Promise<string> {
  await using handle = await open(path, "r");
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
  return buffer.toString("utf8", 0, bytesRead);
}
