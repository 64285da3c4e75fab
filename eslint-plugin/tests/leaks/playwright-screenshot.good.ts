import type { Browser } from "playwright-core";

export interface Shot {
  url: string;
  image: Buffer;
  takenAt: Date;
}

/** One page of the visual report. The caller keeps the browser for the whole report. */
export async function takeShot(browser: Browser, url: string): Promise<Shot> {
  await using page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForLoadState("load");
  const image = await page.screenshot({ fullPage: true, animations: "disabled" });
  return { url, image, takenAt: new Date() };
}

export async function takeShots(browser: Browser, urls: Iterable<string>): Promise<Shot[]> {
  const shots: Shot[] = [];
  for (const url of urls) {
    shots.push(await takeShot(browser, url));
  }
  return shots;
}
