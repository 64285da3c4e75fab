// @ts-check
// What editor tests share. Runs in the extension host, that of a browser too: it imports nothing of Node.
import * as vscode from "vscode";

/** @param {number} milliseconds */
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until a condition holds, and gives what it gave; it may throw meanwhile.
 *
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {string} what it is, for the message when it does not come to hold
 * @param {number} [seconds]
 * @returns {Promise<Exclude<Awaited<T>, undefined | null | false>>}
 */
export async function waitFor(condition, what, seconds = 60) {
  const end = performance.now() + seconds * 1000;
  /** @type {unknown} */
  let last;
  do {
    try {
      last = await condition();
      if (last !== undefined && last !== null && last !== false) return /** @type {any} */ (last);
    } catch (error) {
      last = error;
    }
    await sleep(50);
  } while (performance.now() < end);
  throw new Error(`waited ${seconds} s for ${what}; the last answer was ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

/** The diagnostics of a file from one source (by default ours), in the order of their lines. @param {vscode.Uri} uri @param {string} [source] */
export function diagnosticsOf(uri, source = "await-using") {
  return vscode.languages.getDiagnostics(uri).filter((each) => each.source === source).sort((a, b) => a.range.start.compareTo(b.range.start));
}

/**
 * Asks again where VS Code gave the question up, as it does when an extension registers a provider meanwhile.
 *
 * @template T
 * @param {() => PromiseLike<T>} ask
 * @returns {Promise<T>}
 */
export async function retryOnCanceled(ask) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error) || !/^Cancell?ed/u.test(error.message)) throw error;
      await sleep(250);
    }
  }
}

/** A file of the opened folder. @param {...string} segments */
export function inWorkspace(...segments) {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, ...segments);
}

/** Opens a file in an editor. @param {...string} segments */
export async function openFile(...segments) {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inWorkspace(...segments)));
}
