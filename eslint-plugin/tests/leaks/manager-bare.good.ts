import { open, type FileHandle } from "node:fs/promises";
import { asyncContextManager } from "../silent/F13-implementations/manager.js";

/** A lock file that is held while somebody works. */
export const lockFile = asyncContextManager(async function* (path: string): AsyncGenerator<FileHandle, void, void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(String(process.pid));
    yield handle;
  } finally {
    await handle.close();
  }
});
