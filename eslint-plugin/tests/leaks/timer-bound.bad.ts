import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

/** The revision of a checkout; the command that asks lives on for half a minute. */
export async function revision(folder: string): Promise<string> {
  const control = new AbortController();
  setTimeout(() => control.abort(new Error("git does not answer")), 30_000); // ✗ no-uncleared-timeout: run(), control, using timeout
  const { stdout } = await run("git rev-parse HEAD", { cwd: folder, signal: control.signal });
  return stdout.trim();
}

export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return await Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms); // ✗ no-uncleared-timeout: Promise.race(), finally
    }),
  ]);
}
