import puppeteer, { type Browser } from "puppeteer-core";

export interface Invoice {
  number: string;
  html: string;
}

async function print(browser: Browser, invoice: Invoice): Promise<Uint8Array> {
  await using page = await browser.newPage();
  await page.setContent(invoice.html, { waitUntil: "load" });
  return await page.pdf({ format: "A4", printBackground: true });
}

/** One browser for the whole run, one page for each invoice. */
export async function printAll(invoices: Invoice[]): Promise<Map<string, Uint8Array>> {
  using browser = await puppeteer.launch({ channel: "chrome", headless: true }); // ✗ no-sync-using: browser, Browser, await using
  const printed = new Map<string, Uint8Array>();
  for (const invoice of invoices) {
    printed.set(invoice.number, await print(browser, invoice));
  }
  return printed;
}

/** How wide a page is that the browser opens without being told a size. */
export async function defaultWidth(channel: "chrome" | "chrome-beta"): Promise<number> {
  const browser = await puppeteer.launch({ channel }); // ✗ no-leak-on-throw: browser, Browser, puppeteer.launch(), line 27, await using
  const page = await browser.newPage();
  const width = await page.evaluate("window.innerWidth");
  await browser.close();
  return Number(width);
}
