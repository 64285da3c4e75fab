import { execFile } from "node:child_process";
import { mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { prepareWorkspace } from "./lib-workspace.js";

const run = promisify(execFile);

/** Compiles one source text and returns the output. */
export async function compile(source: string): Promise<string> {
  const workspace = await prepareWorkspace("compile-"); // ✗ require-using: workspace, Workspace, prepareWorkspace(), await using
  const input = await workspace.put("main.ts", source);
  await run("tsc", [input, "--outDir", workspace.root]);
  return await readFile(join(workspace.root, "main.js"), "utf8");
}

/** Does the source text format without a change? */
export async function isFormatted(source: string): Promise<boolean> {
  const directory = await mkdtempDisposable(join(tmpdir(), "format-")); // ✗ require-using: directory, DisposableTempDir, mkdtempDisposable(), await using
  const path = join(directory.path, "main.ts");
  await writeFile(path, source);
  const { stdout } = await run("prettier", ["--list-different", path]);
  return stdout.trim() === "";
}
