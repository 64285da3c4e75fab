import type { Browser } from "playwright-core";

/** The title that link previews show. */
export async function pageTitle(browser: Browser, url: string): Promise<string> {
  await using page = await browser.newPage();
  await page.goto(url, { waitUntil: "domcontentloaded" });
  return await page.title();
}

/** Visits every page once, so that the next visitor finds a warm cache. */
export async function warm(browser: Browser, urls: string[]): Promise<void> {
  for (const url of urls) {
    await using page = await browser.newPage();
    await page.goto(url);
  }
}

export function headings(browser: Browser, urls: string[]): Promise<string[][]> {
  return Promise.all(
    urls.map(async (url) => {
      await using page = await browser.newPage();
      await page.goto(url);
      return await page.locator("h1").allInnerTexts();
    }),
  );
}
