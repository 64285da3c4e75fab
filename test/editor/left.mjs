// @ts-check
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The command lines of processes that were started with a variable of the environment, when they had time to end.
 * Only Linux tells.
 *
 * @param {string} variable `NAME=value`
 */
export async function leftBy(variable) {
  if (process.platform !== "linux") return [];
  for (let left = startedWith(variable), tries = 0; ; left = startedWith(variable), tries += 1) {
    if (left.length === 0 || tries === 20) return left;
    await sleep(250);
  }
}

/** @param {string} variable */
function startedWith(variable) {
  return readdirSync("/proc").filter((name) => /^\d+$/u.test(name)).flatMap((pid) => {
    try {
      const isOne = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
      return isOne ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()].filter((line) => line !== "") : [];
    } catch {
      // It has ended meanwhile, or is another person's.
      return [];
    }
  });
}
