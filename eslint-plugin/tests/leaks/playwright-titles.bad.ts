import { DatabaseSync } from "node:sqlite";
import { chromium } from "playwright-core";

/** Where a database is, as it sees that itself. */
export function isInTransaction(path: string): boolean {
  const database = new DatabaseSync(path); // ✗ prefer-using: database, line 8, line 6, using
  const { isTransaction } = database;
  database.close();
  return isTransaction;
}

/** The titles of many pages, in one browser. */
export async function titles(urls: readonly string[]): Promise<string[]> {
  await using browser = await chromium.launch();
  const found: string[] = [];
  for (const url of urls) {
    const page = await browser.newPage(); // ✗ prefer-using: page, line 20, line 17, await using
    await page.goto(url);
    found.push(await page.title());
    await page.close();
  }
  return found;
}
