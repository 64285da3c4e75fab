import { chromium } from "playwright-core";

export async function textOf(url: string): Promise<string> {
  await using page = await (await chromium.launch()).newPage(); // ✗ no-floating-disposable: Browser, chromium.launch(), await using
  await page.goto(url);
  return await page.innerText("body");
}

export async function print(url: string, path: string): Promise<number> {
  const browser = await chromium.launch({ channel: "chromium" }); // ✗ no-leak-on-throw: browser, Browser, chromium.launch(), line 11, await using
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  const pdf = await page.pdf({ path, format: "A4", printBackground: true });
  await browser.close();
  return pdf.byteLength;
}

export async function version(): Promise<string> {
  await using browser = await chromium.launch();
  return browser.version();
}
