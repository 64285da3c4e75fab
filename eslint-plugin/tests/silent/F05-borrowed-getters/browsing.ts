// F05: pages, contexts, frames and popups reached through a browser belong to that browser.
import type { BrowserContext, Frame, Page } from "playwright-core";
import { chromium } from "playwright-core";
import type { Browser as PuppeteerBrowser, Page as PuppeteerPage } from "puppeteer-core";

export function siblings(page: Page): Page[] {
  const context = page.context();
  return context.pages().filter((other) => other !== page);
}

export async function title(context: BrowserContext, index = -1): Promise<string | undefined> {
  const page = context.pages().at(index);
  const opener = await page?.opener();
  return (await page?.title()) ?? (await opener?.title());
}

export function locate(page: Page, url: RegExp): Frame | null {
  const main = page.mainFrame();
  if (url.test(main.url())) return main;
  const stack = [...main.childFrames()];
  search: for (let frame = stack.pop(); frame; frame = stack.pop()) {
    for (const child of frame.childFrames()) {
      if (child.isDetached()) continue search;
      stack.push(child);
    }
    if (url.test(frame.url())) return frame;
  }
  return page.frame({ url }) ?? null;
}

export async function openPopup(page: Page, link: string): Promise<string> {
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.click(link)]);
  await popup.waitForLoadState("domcontentloaded");
  const browser = popup.context().browser();
  console.debug("popup in %s with %d contexts", browser?.version(), browser?.contexts().length);
  return popup.url();
}

export async function prepare(page: Page, user: { id: string }): Promise<void> {
  await page.route("**/*.{png,woff2}", (route) => route.abort());
  await page.context().route("**/api/me", (route) => route.fulfill({ json: user }));
  await page.exposeFunction("userId", () => user.id);
  await page.addInitScript(`globalThis.__user = ${JSON.stringify(user)}`);
  const { request } = page;
  if (!(await request.storageState()).cookies.length) await page.context().addCookies([]);
}

export async function inspectRunning(endpoint: string): Promise<string[]> {
  await using browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  const pages = context?.pages() ?? [];
  const titles: string[] = [];
  for (const page of pages) titles.push(await page.title());
  return titles;
}

export async function activePage(browser: PuppeteerBrowser): Promise<PuppeteerPage | undefined> {
  const pages = await browser.pages();
  const [first] = pages;
  const target = browser.targets().find((t) => t.type() === "page");
  return (await target?.page()) ?? first;
}

export async function frameTexts(page: PuppeteerPage): Promise<string[]> {
  const context = page.browserContext();
  const others = (await context.pages()).filter((p) => p !== page);
  const texts = others.map((p) => p.url());
  for (const frame of page.frames()) {
    const parent = frame.parentFrame();
    texts.push(`${parent?.url() ?? page.browser().wsEndpoint()} > ${await frame.title()}`);
  }
  return texts;
}
