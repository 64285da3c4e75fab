// F10: commands and workers started here are watched through helpers of another file, or by their own events.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Worker, type WorkerOptions } from "node:worker_threads";
import { background, openUrl, run, settled } from "./processes.js";

export async function check(packages: readonly string[]): Promise<Map<string, number>> {
  const codes = new Map<string, number>();
  packages: for (const name of packages) {
    for (const script of ["lint", "test"]) {
      const child = spawn("npm", ["run", script, "-w", name], { stdio: "inherit" });
      const code = await settled(child);
      codes.set(`${name}:${script}`, code);
      if (code !== 0) continue packages;
    }
  }
  return codes;
}

export function inWorker<T>(script: URL, workerData: unknown, options?: WorkerOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    new Worker(script, { ...options, workerData })
      .once("message", resolve)
      .once("error", reject)
      .once("exit", (code) => reject(new Error(`worker left with ${code} and no answer`)));
  });
}

export async function prime(limit: number): Promise<number[]> {
  const worker = new Worker(new URL("./sieve.js", import.meta.url), { workerData: { limit } });
  const found: number[] = [];
  worker.on("message", (n: number) => found.push(n)).on("messageerror", console.warn);
  const [code] = await once(worker, "exit");
  return code === 0 ? found : [];
}

export async function release(tag: string): Promise<void> {
  const { stdout } = await run("git", ["tag", "--list", tag]);
  if (stdout.trim()) return;
  await run("git", ["tag", tag]).then(() => run("git", ["push", "--tags"]));
  const pid = background("./notify.js", tag);
  console.log(pid ? `notifier is ${pid}` : "no notifier");
  openUrl(`https://example.com/releases/${tag}`);
}

export function logged(command: string, ...args: string[]): void {
  const child = spawn(command, args, { shell: process.platform === "win32" });
  const { stdout, stderr } = child;
  for (const stream of [stdout, stderr]) stream.on("data", (part: Buffer) => process.stderr.write(part));
  child.on("error", console.error).on("exit", (code) => {
    process.exitCode ||= code ?? 1;
  });
}

export function restarting(script: string, attempts = 3): void {
  const child = spawn(process.execPath, [script], { stdio: "inherit" });
  child.once("exit", (code) => {
    if (code !== 0 && attempts > 1) restarting(script, attempts - 1);
  });
  process.once("exit", () => child.kill());
}
