// F20: contexts are closed to flush their videos and traces, browsers early to free memory.
import { chromium, request, type BrowserContext, type Page } from "playwright-core";
import puppeteer from "puppeteer-core";
import { GenericContainer, Wait } from "testcontainers";
import fastify from "fastify";
import { createServer } from "node:net";
import { once } from "node:events";
import { stat } from "node:fs/promises";

export async function recordVideo(url: string, actions: (page: Page) => Promise<void>): Promise<number> {
  await using browser = await chromium.launch();
  await using context = await browser.newContext({ recordVideo: { dir: "videos" } });
  await using page = await context.newPage();
  await page.goto(url);
  await actions(page);
  const video = page.video();
  await page.close();
  await context.close();
  const path = await video?.path();
  await browser.close();
  return path ? (await stat(path)).size : 0;
}

export async function saveLogin(context: BrowserContext, baseURL: string, token: string): Promise<void> {
  await using api = await request.newContext({ baseURL, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  await using response = await api.post("/login");
  if (response.status() === 401) {
    await response.dispose();
    throw new Error("token was refused");
  }
  const { cookies } = await api.storageState();
  await context.addCookies(cookies);
}

export async function blockImages<R>(page: Page, body: () => Promise<R>): Promise<R> {
  await using route = await page.route("**/*.{png,jpg}", (intercepted) => intercepted.abort());
  const result = await body();
  await route.dispose();
  await page.reload();
  return result;
}

export async function titles(urls: string[], executablePath: string): Promise<Map<string, string>> {
  await using browser = await puppeteer.launch({ executablePath });
  const found = new Map<string, string>();
  for (const url of urls) {
    await using page = await browser.newPage();
    await page.goto(url);
    found.set(url, await page.title());
  }
  await browser.close();
  return found;
}

export async function exitCode(image: string, command: string[]): Promise<string> {
  await using container = await new GenericContainer(image)
    .withCommand(["sleep", "infinity"])
    .withWaitStrategy(Wait.forSuccessfulCommand("true"))
    .start();
  const { exitCode: code, output } = await container.exec(command);
  if (code === 0) await container.stop({ timeout: 10_000, remove: true });
  return `${code}: ${output.trim()}`;
}

export async function smoke(): Promise<number> {
  await using app = fastify();
  app.get("/", async () => "ok");
  await app.ready();
  const { statusCode } = await app.inject("/");
  await app.close();

  await using echo = createServer((socket) => socket.pipe(socket));
  await once(echo.listen(0), "listening");
  echo.close();
  await once(echo, "close");
  return statusCode;
}
