// F10: a child process ends by itself; its exit, close and error listeners are all the care it needs.
import { type ChildProcess, exec, execFile, fork, spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function settled(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
}

export function run(command: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
    child.stderr?.setEncoding("utf8").on("data", (part: string) => (stderr += part));
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve({ code, stdout, stderr }) : reject(new Error(`${command}: ${stderr}`))));
  });
}

export function branch(cwd: string, done: (name: string | null) => void): void {
  exec("git rev-parse --abbrev-ref HEAD", { cwd }, (error, stdout) => done(error ? null : stdout.trim()));
}

export const version = (tool: string) =>
  new Promise<string>((resolve, reject) => {
    execFile(tool, ["--version"], (error, stdout) => (error ? reject(error) : resolve(stdout.trim())));
  });

export async function format(source: string, tool = "prettier"): Promise<string> {
  const child = spawn(tool, ["--stdin-filepath", "x.ts"], { stdio: ["pipe", "pipe", "inherit"] });
  const status = settled(child);
  child.stdin.on("error", () => {}).end(source);
  const [code, output] = await Promise.all([status, text(child.stdout)]);
  return code === 0 ? output : source;
}

export function background(script: string, ...args: string[]): number | undefined {
  const child = spawn(process.execPath, [script, ...args], { detached: true, stdio: "ignore" });
  child.on("error", (error) => console.warn("cannot start %s: %s", script, error.message));
  child.unref();
  return child.pid;
}

export const openUrl = (url: string) => {
  spawn(process.platform === "darwin" ? "open" : "xdg-open", [url], { detached: true, stdio: "ignore" })
    .on("error", () => console.log("Open %s in a browser.", url))
    .unref();
};

export async function build(script: string, onProgress?: (done: number) => void): Promise<void> {
  const child = fork(script, { env: { ...process.env, FORCE_COLOR: "1" } });
  child.on("message", (message) => onProgress?.(Number(message)));
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`build failed with ${code}`);
}
