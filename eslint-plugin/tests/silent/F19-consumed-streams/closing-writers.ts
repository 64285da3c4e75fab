// F19: what is made from a handle and closes it at its own end.
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";

interface Sink extends Disposable {
  write(text: string): Promise<void>;
  end(): Promise<number>;
}

declare class Segment implements AsyncDisposable {
  sink(options?: { readonly autoClose?: boolean }): Sink;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

declare function openSegment(path: string): Promise<Segment>;

export async function append(path: string, lines: Iterable<string>): Promise<number> {
  const segment = await openSegment(path);
  using sink = segment.sink({ autoClose: true });
  for (const line of lines) await sink.write(`${line}\n`);
  return sink.end();
}

export async function save(path: string, text: string): Promise<void> {
  const handle = await open(path, "w");
  await pipeline(Readable.from([text]), handle.createWriteStream({ autoClose: true }));
}
