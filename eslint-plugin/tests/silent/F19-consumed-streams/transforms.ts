// F19: factories of stream stages; whoever builds the pipeline consumes what they return.
import { Readable, Transform, Writable, type Duplex, type TransformCallback } from "node:stream";
import { createBrotliDecompress, createGunzip, createGzip, type Gzip } from "node:zlib";

export function splitLines(): Transform {
  let rest = "";
  return new Transform({
    readableObjectMode: true,
    transform(chunk: Buffer, _encoding, callback) {
      const lines = (rest + chunk.toString("utf8")).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.push(line);
      callback();
    },
    flush(callback) {
      if (rest) this.push(rest);
      callback();
    },
  });
}

export class ByteCounter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.bytes += chunk.byteLength;
    callback(null, chunk);
  }
}

export async function* parseJson<T>(lines: AsyncIterable<string>): AsyncGenerator<T> {
  for await (const line of lines) {
    if (line.trim() !== "") yield JSON.parse(line) as T;
  }
}

export function decoder(encoding: string | undefined): Duplex | null {
  switch (encoding?.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    default:
      return null;
  }
}

export const gzip = (level = 6): Gzip => createGzip({ level, memLevel: 9 });

export function collect<T>(into: T[]): Writable {
  return new Writable({
    objectMode: true,
    write(item: T, _encoding, callback) {
      into.push(item);
      callback();
    },
  });
}

export const rows = <T extends object>(items: Iterable<T>): Readable =>
  Readable.from(items).map((item: T) => `${JSON.stringify(item)}\n`);
