// F17: the variable is declared first and assigned later, in the try or in one of several branches.
import { open, type FileHandle } from "node:fs/promises";
import { MongoClient, type ChangeStream, type ChangeStreamDocument, type ClientSession } from "mongodb";
import { chromium, firefox, type Browser } from "playwright-core";
import { assertDefined, metrics, release } from "./release.js";

export async function tail(path: string, fallback?: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    try {
      file = await open(path);
    } catch (error) {
      if (fallback === undefined) throw error;
      file = await open(fallback);
    }
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4_096), position: Math.max(0, size - 4_096) });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file?.close();
    metrics.count("tail");
  }
}

export async function userAgent(name: "chromium" | "firefox" | "remote", endpoint?: string): Promise<string> {
  let browser: Browser;
  switch (name) {
    case "chromium":
      browser = await chromium.launch();
      break;
    case "firefox":
      browser = await firefox.launch({ firefoxUserPrefs: { "dom.push.enabled": false } });
      break;
    default:
      assertDefined(endpoint, "endpoint");
      browser = await chromium.connect(endpoint, { timeout: 5_000 });
  }
  try {
    return browser.version();
  } finally {
    await browser.close();
    metrics.count(`browser.${name}`);
  }
}

export async function follow(client: MongoClient, collection: string, onChange: (change: ChangeStreamDocument) => boolean) {
  let resumeAfter: unknown;
  let stream: ChangeStream | null = null;
  let restarts = 0;
  following: for (;;) {
    try {
      stream = client.db().collection(collection).watch([], { resumeAfter });
      for await (const change of stream) {
        resumeAfter = change._id;
        if (!onChange(change)) break following;
      }
    } catch (error) {
      if (++restarts > 5) throw error;
    } finally {
      await release(stream);
      stream = null;
    }
  }
  return restarts;
}

export async function move(client: MongoClient, id: string, { transactional = true } = {}): Promise<void> {
  let session: ClientSession | undefined;
  if (transactional) session = client.startSession();
  try {
    session?.startTransaction();
    const inbox = client.db().collection<{ _id: string }>("inbox");
    const document = await inbox.findOneAndDelete({ _id: id }, { session });
    if (document) await client.db().collection<{ _id: string }>("archive").insertOne(document, { session });
    await session?.commitTransaction();
  } catch (error) {
    if (session?.inTransaction()) await session.abortTransaction();
    throw error;
  } finally {
    if (session !== undefined) await session.endSession();
    metrics.count("move");
  }
}
