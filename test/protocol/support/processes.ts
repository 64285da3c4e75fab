import { readdirSync, readFileSync } from "node:fs";

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
