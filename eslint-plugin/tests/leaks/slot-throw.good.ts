import { SlotPool } from "./lib-slots.js";

const downloads = new SlotPool(4);

export async function download(url: string): Promise<Uint8Array> {
  using slot = await downloads.take();
  const response = await fetch(url, { headers: { "x-worker": String(slot.index) } });
  const body = new Uint8Array(await response.arrayBuffer());
  return body;
}

/** Bytes that a download of the URL would take, when the server tells. */
export async function sizeOf(url: string): Promise<number | undefined> {
  using _ = await downloads.take();
  const response = await fetch(url, { method: "HEAD" });
  const length = response.headers.get("content-length");
  if (length === null) {
    return undefined;
  }
  return Number(length);
}

export async function downloadAll(urls: string[]): Promise<Uint8Array[]> {
  return await Promise.all(urls.map(download));
}
