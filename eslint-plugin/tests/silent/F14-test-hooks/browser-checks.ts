// F14: browser suites; contexts end the routes and tracing that a test starts in them.
import { afterAll, afterEach, aroundEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import puppeteer, { type Browser as Chrome, type HTTPRequest } from "puppeteer-core";

let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ headless: process.env.HEADED === undefined });
});
afterAll(() => browser?.close());

beforeEach(async ({ task }) => {
  context = await browser.newContext({ recordVideo: process.env.CI ? { dir: `videos/${task.id}` } : undefined });
  page = await context.newPage();
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await page.screenshot({ path: `failures/${task.id}.png` }).catch(console.warn);
  await context.close();
});

describe("checkout", () => {
  beforeEach(async () => {
    await context.tracing.start({ screenshots: true, snapshots: true });
    await context.addInitScript(() => Object.assign(globalThis, { __TEST__: true }));
    await page.route("**/*.{png,woff2}", (route) => route.abort());
  });

  afterEach(async ({ task }) => {
    await context.tracing.stop(task.result?.state === "fail" ? { path: `traces/${task.id}.zip` } : {});
  });

  test("shows the cart", async () => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.exposeFunction("track", () => {});
    await page.goto("http://localhost:3000/cart");
    await page.getByRole("button", { name: "Pay" }).click();
    expect(requests.filter((url) => url.endsWith("/pay"))).toHaveLength(1);
  });

  test("opens the receipt in a popup", async () => {
    await page.goto("http://localhost:3000/orders/1");
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.getByText("Receipt").click()]);
    await popup.waitForLoadState();
    expect(await popup.title()).toContain("Receipt");
  });
});

describe("in Chrome", () => {
  let chrome: Chrome | undefined;

  aroundEach(async (runTest) => {
    chrome = await puppeteer.launch({ channel: "chrome" });
    try {
      await runTest();
    } finally {
      await chrome.close();
      chrome = undefined;
    }
  });

  test("blocks trackers", async () => {
    await using tab = await chrome!.newPage();
    await tab.setRequestInterception(true);
    tab.on("request", async (request: HTTPRequest) => {
      await (request.url().includes("track") ? request.abort() : request.continue());
    });
    await tab.goto("http://localhost:3000");
    expect(await tab.title()).not.toBe("");
  });
});
