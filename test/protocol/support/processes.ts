import { chmodSync, cpSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { bundle, type Options } from "./client.js";
import { workspace } from "./workspace.js";

/** Whether a process still runs. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes that a process has started, where the system tells. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .filter((name) => {
      try {
        return /^PPid:\t(?<parent>\d+)$/mu.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.groups?.["parent"] === String(pid);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * How a server is started that nothing is permitted but what is permitted to all: to root, even a folder that nobody
 * may write to is open.
 */
export function unprivileged(): Disposable & { readonly options: Options } {
  if (process.getuid?.() !== 0) return { options: {}, [Symbol.dispose]: () => undefined };
  const made = workspace({ "become-nobody.cjs": "// It is run in the worker threads, too.\nif (require('node:worker_threads').isMainThread) {\n  process.setgid(65534);\n  process.setuid(65534);\n}\n" });
  chmodSync(made.folder, 0o755);
  // Where the checkout lies, others may not read.
  cpSync(path.dirname(bundle), made.file("dist"), { recursive: true });
  return {
    // Nor can it see whether a process of root is alive.
    options: { command: ["--require", made.file("become-nobody.cjs"), made.file("dist/server.cjs")], processId: null },
    [Symbol.dispose]: () => {
      made[Symbol.dispose]();
    },
  };
}
