import { DatabaseSync } from "node:sqlite";
import { chromium } from "playwright-core";

/** Where a database is, as it sees that itself. */
export function isInTransaction(path: string): boolean {
  using database = new DatabaseSync(path);
  const { isTransaction } = database;
  return isTransaction;
}

/** The titles of many pages, in one browser. */
export async function titles(urls: readonly string[]): Promise<string[]> {
  await using browser = await chromium.launch();
  const found: string[] = [];
  for (const url of urls) {
    await using page = await browser.newPage();
    await page.goto(url);
    found.push(await page.title());
  }
  return found;
}
