// F16: functions that take an optional resource acquire one only without it, and dispose just that one.
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { chromium, type Browser, type LaunchOptions } from "playwright-core";
import { createConnection, type Connection } from "mysql2/promise";
import { connect, type NatsConnection } from "@nats-io/transport-node";

export interface RenderOptions extends LaunchOptions {
  browser?: Browser;
  width?: number;
}

export async function render(html: string, { browser: injected, width = 1280, ...launch }: RenderOptions = {}) {
  const ownsBrowser = !injected;
  const browser = injected ?? (await chromium.launch(launch));
  try {
    await using page = await browser.newPage({ viewport: { width, height: 720 } });
    await page.setContent(html);
    return await page.screenshot({ fullPage: true });
  } finally {
    if (ownsBrowser) await browser.close();
  }
}

export async function countRows(table: string, uriOrConnection: string | Connection): Promise<number> {
  const borrowed = typeof uriOrConnection === "string" ? undefined : uriOrConnection;
  await using created = typeof uriOrConnection === "string" ? await createConnection(uriOrConnection) : undefined;
  const connection = borrowed ?? created!;
  const [rows] = await connection.query("select count(*) as n from ??", [table]);
  return (rows as Array<{ n: number }>)[0]!.n;
}

export function migrate(migrations: readonly string[], db?: DatabaseSync): number {
  using own = db ? undefined : new DatabaseSync("app.db");
  const target = db ?? own!;
  const { user_version: version } = target.prepare("pragma user_version").get() as { user_version: number };
  for (const migration of migrations.slice(version)) target.exec(migration);
  target.exec(`pragma user_version = ${migrations.length}`);
  return migrations.length - version;
}

export async function readHeader(source: string | FileHandle, bytes = 16): Promise<Buffer> {
  if (typeof source === "string") {
    await using file = await open(source);
    return await readHeader(file, bytes);
  }
  const { buffer, bytesRead } = await source.read(Buffer.alloc(bytes), 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}

export async function publishAll(
  messages: AsyncIterable<[subject: string, payload: string]>,
  options: { bus?: NatsConnection; servers?: string[] } = {},
): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const bus = options.bus ?? stack.use(await connect({ servers: options.servers }));
  let sent = 0;
  for await (const [subject, payload] of messages) {
    bus.publish(subject, payload);
    sent++;
  }
  await bus.flush();
  return sent;
}

export async function screenshots(pages: Record<string, string>, browser?: Browser): Promise<Map<string, Buffer>> {
  await using own = browser ? null : await chromium.launch();
  const shared = browser ?? own ?? undefined;
  const images = new Map<string, Buffer>();
  for (const [name, html] of Object.entries(pages)) images.set(name, await render(html, { browser: shared }));
  return images;
}
