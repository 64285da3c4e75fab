import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory that lives as long as one build. */
export class Workspace implements AsyncDisposable {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async put(name: string, content: string): Promise<string> {
    const path = join(this.root, name);
    await writeFile(path, content);
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}

export async function prepareWorkspace(prefix: string): Promise<Workspace> {
  return new Workspace(await mkdtemp(join(tmpdir(), prefix)));
}
