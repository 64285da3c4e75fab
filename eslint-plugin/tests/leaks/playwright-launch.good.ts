import { chromium } from "playwright-core";

export async function textOf(url: string): Promise<string> {
  await using browser = await chromium.launch();
  await using page = await browser.newPage();
  await page.goto(url);
  return await page.innerText("body");
}

export async function print(url: string, path: string): Promise<number> {
  await using browser = await chromium.launch({ channel: "chromium" });
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  const pdf = await page.pdf({ path, format: "A4", printBackground: true });
  return pdf.byteLength;
}

export async function version(): Promise<string> {
  await using browser = await chromium.launch();
  return browser.version();
}
