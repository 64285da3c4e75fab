import { open, type FileHandle } from "node:fs/promises";

/** A lock file that is held while somebody works. */
export async function* lockFile(path: string): AsyncGenerator<FileHandle, void, void> { // ✗ require-manager-wrapper: lockFile, asyncContextManager, await using
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(String(process.pid));
    yield handle;
  } finally {
    await handle.close();
  }
}
