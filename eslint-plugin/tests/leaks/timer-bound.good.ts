import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

/** The revision of a checkout. */
export async function revision(folder: string): Promise<string> {
  const control = new AbortController();
  using timeout = setTimeout(() => control.abort(new Error("git does not answer")), 30_000);
  const { stdout } = await run("git rev-parse HEAD", { cwd: folder, signal: control.signal });
  return stdout.trim();
}

export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
