// @ts-check
// Drives the editor's window as a person would. Only where the window is a browser's page: not in the desktop VS Code.
import { once } from "node:events";
import { request } from "node:http";
import { json } from "node:stream/consumers";

const socketPath = process.env["EDITOR_HOST_WINDOW"];

export const canDrive = socketPath !== undefined;

/**
 * Runs a function outside the extension host, with the Playwright page that shows the workbench. The function sees
 * nothing of its surroundings but its argument; argument and result travel as JSON.
 *
 * @template T, A
 * @param {(page: import("playwright-core").Page, argument: A) => T | Promise<T>} drive
 * @param {A} [argument]
 * @returns {Promise<T>}
 */
export async function inWindow(drive, argument) {
  if (socketPath === undefined) throw new Error("only the editor that `npm run editor:setup` installs has a window that tests can drive");
  const outgoing = request({ socketPath, method: "POST" });
  outgoing.end(JSON.stringify({ source: drive.toString(), argument }));
  const [response] = await once(outgoing, "response");
  const { error, value } = /** @type {any} */ (await json(response));
  if (error !== undefined) throw new Error(error);
  return value;
}

/** What the quick pick that is open, or opens, shows: a text for each row. */
export function rowsOfQuickPick() {
  return inWindow(async (page) => {
    const row = page.locator(".quick-input-list .monaco-list-row");
    await row.first().waitFor({ timeout: 20_000 });
    return row.allInnerTexts();
  });
}

/** Takes a picture of the window. @param {string} file @param {{ x: number, y: number, width: number, height: number }} [clip] */
export async function takePicture(file, clip) {
  await inWindow(async (page, options) => void (await page.screenshot(options)), { path: file, ...(clip === undefined ? {} : { clip }) });
}
