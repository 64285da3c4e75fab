// F02: request code that mixes timers, digests and abort signals; only the file handle is a resource.
import { createHash, createHmac } from "node:crypto";
import { open } from "node:fs/promises";
import { cacheKey, checksum } from "./fingerprint.js";
import { Heartbeat, sleep } from "./pacing.js";
import { withDeadline } from "./scheduler.js";

interface Upload {
  path: string;
  url: URL;
  secret?: string;
}

export async function upload({ path, url, secret }: Upload, timeoutMs = 30_000): Promise<string | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("upload timed out")), timeoutMs);
  const started = performance.now();
  try {
    await using file = await open(path);
    const body = await file.readFile();
    const mac = secret ? createHmac("sha256", secret).update(body) : undefined;
    const response = await fetch(url, {
      method: "PUT",
      body,
      headers: { "x-mac": mac?.digest("hex") ?? "", "x-key": cacheKey(url.href, body.length) },
      signal: abort.signal,
    });
    return response.headers.get("etag");
  } finally {
    clearTimeout(timer);
    console.debug("upload took %d ms", performance.now() - started);
  }
}

export async function changed(path: string, known: ReadonlyMap<string, string>): Promise<boolean> {
  const sum = await withDeadline(checksum(path), 5_000);
  return known.get(path) !== sum;
}

export function shards(keys: Iterable<string>, count: number): string[][] {
  const out: string[][] = Array.from({ length: count }, () => []);
  for (const key of keys) {
    const digest = createHash("sha1").update(key);
    const n = digest.digest().readUInt32BE(0) % count;
    out[n]!.push(key);
  }
  return out;
}

export async function ping(send: () => Promise<boolean>, isClosed: () => boolean): Promise<number> {
  let lost = 0;
  const pulse = new Heartbeat(1_000, (n) => {
    lost = n;
  });
  pulse.start();
  let answered = 0;
  try {
    beat: while (!isClosed()) {
      if (!(await send().catch(() => false))) {
        if (lost > 3) break beat;
        await sleep(100);
        continue beat;
      }
      pulse.beat();
      answered++;
    }
    return answered;
  } finally {
    pulse.stop();
  }
}

export const drain = (queue: { length: number }) =>
  new Promise<void>((resolve) => {
    (function check() {
      return queue.length === 0 ? resolve() : setImmediate(check);
    })();
  });
