// F12: adopt and defer give a disposer to values that have none, or another one than their own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import puppeteer, { type Browser } from "puppeteer-core";
import fastify, { type FastifyInstance } from "fastify";
import { scratchDirectory } from "./registration.js";

export async function previewServer(root: string): Promise<{ url: string } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const child = stack.adopt(spawn("npx", ["vite", "preview", "--port", "0"], { cwd: root }), async (process_) => {
    if (process_.exitCode !== null || !process_.kill("SIGINT")) return;
    await once(process_, "exit", { signal: AbortSignal.timeout(5_000) }).catch(() => process_.kill("SIGKILL"));
  });
  const [banner] = (await once(child.stdout, "data")) as [Buffer];
  const url = /https?:\/\/\S+/.exec(banner.toString())?.[0];
  if (!url) throw new Error(`no address in ${banner}`);
  const running = stack.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

export async function api(stack: AsyncDisposableStack): Promise<FastifyInstance> {
  const app = stack.use(fastify({ logger: false, forceCloseConnections: true }));
  app.get("/health", async () => ({ ok: true }));
  app.addHook("onRequest", async (request) => request.log.debug("in"));
  await app.listen({ port: 0 });
  return app;
}

export async function pdf(root: string, executablePath: string): Promise<Uint8Array> {
  await using preview = await previewServer(root);
  await using stack = new AsyncDisposableStack();
  const userDataDir = await scratchDirectory(stack, "chrome-");
  stack.defer(() => rm(`${root}/.cache`, { recursive: true, force: true }));

  const browser: Browser = await puppeteer.launch({ executablePath, userDataDir });
  stack.defer(async () => {
    await browser.close();
    console.debug("browser closed");
  });

  const page = stack.use(await browser.newPage());
  await page.goto(preview.url, { waitUntil: "networkidle0" });
  return await page.pdf({ format: "a4" });
}

export async function health(): Promise<number> {
  const stack = new AsyncDisposableStack();
  try {
    const app = await api(stack);
    const { statusCode } = await app.inject("/health");
    return statusCode;
  } finally {
    await stack.disposeAsync();
    console.debug("server stopped");
  }
}
