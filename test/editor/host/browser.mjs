// @ts-check
// A headless browser for a workbench.
import { chromium } from "playwright-core";

import { findChromium, noChromium } from "./chromium.mjs";

const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
  // No name but loopback resolves: neither the workbench nor a webview reaches the network.
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
];

/** @param {NodeJS.WritableStream} log */
export async function openBrowser(log) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(noChromium);
  // Signals end the browser together with the server, not on Playwright's own.
  const browser = await chromium.launch({ executablePath, headless: true, args: flags, handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: Number(process.env["EDITOR_HOST_SCALE"] ?? 1) });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    page.on("pageerror", (error) => log.write(`[page error] ${error.message}\n`));
    /** @type {PromiseWithResolvers<number | string>} */
    const ended = withResolvers();
    page.on("crash", () => ended.resolve("the browser's page crashed"));
    await page.exposeFunction("codeAutomationLog", (/** @type {string} */ type, /** @type {unknown[]} */ args) => log.write(`[${type}] ${args.join(" ")}\n`));
    await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => ended.resolve(code));
    return { page, ended: ended.promise, stop: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers() {
  /** @type {any} */
  const all = {};
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }));
  return all;
}
