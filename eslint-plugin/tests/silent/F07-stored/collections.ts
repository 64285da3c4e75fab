// F7: collections of what the function acquired, in somebody's hands: disposed in loops, handed on, taken apart, kept by closures.
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { chromium, type Browser, type Page } from "playwright-core";

export async function concatenated(paths: readonly string[]): Promise<string> {
  const handles: FileHandle[] = [];
  try {
    for (const path of paths) handles.push(await open(path));
    const texts = await Promise.all(handles.map(async (handle) => await handle.readFile("utf8")));
    return texts.join("\n");
  } finally {
    await Promise.allSettled(handles.map((handle) => handle.close()));
  }
}

export function shards(paths: readonly string[]): Map<string, DatabaseSync> {
  const databases = new Map<string, DatabaseSync>();
  for (const path of paths) {
    const database = new DatabaseSync(path);
    database.exec("PRAGMA journal_mode = WAL");
    databases.set(path, database);
  }
  return databases;
}

export async function tabs(browser: Browser, urls: readonly string[]): Promise<string[]> {
  const pages: Page[] = [];
  for (const url of urls) {
    const page = await browser.newPage();
    pages.push(page);
    await page.goto(url);
  }
  const titles: string[] = [];
  while (pages.length > 0) {
    const page = pages.shift();
    titles.push((await page?.title()) ?? "");
    await page?.close();
  }
  return titles;
}

export async function pagesOfOneBrowser(urls: readonly string[]): Promise<number> {
  await using browser = await chromium.launch();
  const pages: Page[] = [];
  for (const url of urls) {
    const page = await browser.newPage();
    await page.goto(url);
    pages.push(page);
  }
  for (const page of pages) await page.screenshot();
  return pages.length;
}

export function pool(size: number, file: string): { run(): void; stop(): Promise<void> } {
  const workers = Array.from({ length: size }, () => new Worker(file));
  const spare: Worker[] = [];
  for (let index = 0; index < 2; index++) spare.push(new Worker(file));
  return {
    run: () => workers.concat(spare).forEach((worker) => worker.postMessage("run")),
    stop: async () => {
      for (const worker of [...workers, ...spare]) await worker.terminate();
    },
  };
}

export async function rotated(paths: readonly string[], keep: (handles: Set<FileHandle>) => void): Promise<void> {
  const handles = new Set<FileHandle>();
  for (const path of paths) handles.add(await open(path, "a"));
  keep(handles);
}

export async function smallest(paths: readonly string[]): Promise<FileHandle | undefined> {
  const handles: FileHandle[] = [];
  for (const path of paths) handles.push(await open(path));
  const sizes = await Promise.all(handles.map(async (handle) => (await handle.stat()).size));
  const index = sizes.indexOf(Math.min(...sizes));
  for (const [at, handle] of handles.entries()) if (at !== index) await handle.close();
  return handles[index];
}
