import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Browser } from "playwright-core";

export interface Account {
  name: string;
  password: string;
}

/** Signs in once and keeps the cookies for the other tests. */
export async function saveLogin(
  browser: Browser,
  base: string,
  account: Account,
  target: string,
): Promise<string> {
  const context = await browser.newContext({ baseURL: base }); // ✗ no-leak-on-path: context, BrowserContext, browser.newContext(), line 28, await using
  try {
    const page = await context.newPage();
    await page.goto("/login");
    await page.fill("[name=user]", account.name);
    await page.fill("[name=password]", account.password);
    await page.click("button[type=submit]");
    await page.waitForURL("**/home");
    const state = await context.storageState();
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, JSON.stringify(state));
    return target;
  } catch (error) {
    await context.close();
    throw new Error(`sign-in as ${account.name} failed`, { cause: error });
  }
}
