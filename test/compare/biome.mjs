// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";

import { writeJson } from "../support/stage.mjs";

/**
 * Runs `biome lint` with its rule on disposables only.
 *
 * @param {string} folder a project with its packages really there: Biome reads no types through links
 * @param {string} peers where Biome is installed
 * @param {readonly string[]} patterns
 * @returns {Promise<{ files: number, findings: { file: string, line: number, endLine: number, rule: string, message: string }[], cpu: number, memory: number }>}
 */
export async function biome(folder, peers, patterns) {
  writeJson(path.join(folder, "biome.json"), { root: true, linter: { rules: { recommended: false, nursery: { useDisposables: "error" } } }, assist: { enabled: false }, formatter: { enabled: false } });
  const child = spawn(program(peers), ["lint", "--reporter=json", "--max-diagnostics=none", ...patterns], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  let used = { cpu: Number.NaN, memory: Number.NaN };
  const poll = setInterval(() => {
    used = usedBy(child.pid) ?? used;
  }, 5);
  const [output] = await Promise.all([text(child.stdout), once(child, "close")]);
  clearInterval(poll);
  const { diagnostics, summary } = JSON.parse(output);
  const findings = diagnostics
    .filter((/** @type {any} */ { category }) => category.startsWith("lint/"))
    .map((/** @type {any} */ { category, location, message }) => ({ file: location.path, line: location.start.line, endLine: location.end.line, rule: category, message }));
  return { files: summary.changed + summary.unchanged, findings, ...used };
}

/** @param {string} peers */
function program(peers) {
  const { platform, arch } = process;
  const resolve = createRequire(path.join(peers, "node_modules", "@biomejs", "biome", "package.json")).resolve;
  return resolve(`@biomejs/cli-${platform}-${arch}/biome${platform === "win32" ? ".exe" : ""}`);
}

/** What a process has used so far, where the system tells: milliseconds of processor time, and MiB at its peak. @param {number | undefined} pid */
function usedBy(pid) {
  try {
    const kibibytes = /^VmHWM:\s+(?<kib>\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.groups?.["kib"];
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return kibibytes === undefined ? null : { cpu: (Number(user) + Number(system)) * 10, memory: Number(kibibytes) / 1024 };
  } catch {
    return null; // no such system, or it has ended meanwhile
  }
}
