// F12: functions inside a scope that register on its stack what they hand back into that very scope.
import { open, type FileHandle } from "node:fs/promises";

export async function concatenated(paths: readonly string[]): Promise<string> {
  await using stack = new AsyncDisposableStack();
  const opened = async (path: string): Promise<FileHandle> => {
    const handle = stack.use(await open(path));
    await handle.stat();
    return handle;
  };
  let text = "";
  for (const path of paths) text += await (await opened(path)).readFile("utf8");
  return text;
}

export async function largest(paths: readonly string[]): Promise<number> {
  await using stack = new AsyncDisposableStack();
  async function sized(path: string): Promise<{ handle: FileHandle; size: number }> {
    const handle = stack.use(await open(path));
    const { size } = await handle.stat();
    return { handle, size };
  }
  const all = await Promise.all(paths.map(sized));
  return Math.max(...all.map(({ size }) => size));
}
