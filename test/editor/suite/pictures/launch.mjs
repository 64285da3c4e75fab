// @ts-check
import { writeFileSync } from "node:fs";
import path from "node:path";

import { canHost } from "../../host/versions.mjs";

const count = `import { open } from "node:fs/promises";
import { join } from "node:path";

/** How many lines a text has. */
export async function countLines(folder: string, name: string): Promise<number> {
  const source = await open(join(folder, name));
  const { size } = await source.stat();
  if (size === 0) return 0;
  const text = await source.readFile("utf8");
  await source.close();
  return text.split("\\n").length;
}
`;

const merge = `import { open, opendir } from "node:fs/promises";
import { RunnerLock } from "./lock.js";

/** Writes the files of a folder into one. */
export async function merge(folder: string, target: string): Promise<void> {
  await using lock = await RunnerLock.acquire(\`\${target}.lock\`);
  await using out = await open(target, "wx");
  await using dir = await opendir(folder);
  for await (const { name } of dir) {
    await using file = await open(\`\${folder}/\${name}\`);
    await out.write(await file.readFile());
  }
  await lock.sign("merge");
}
`;

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/demo",
  open: "planted",
  // The desktop VS Code has no window that tests can drive.
  versions: canHost() ? ["newest"] : [],
  env: { EDITOR_HOST_SCALE: "2" },
  prepare(folder) {
    // Without a last, empty line in the picture.
    writeFileSync(path.join(folder, "planted/src/count-lines.ts"), count.trimEnd());
    writeFileSync(path.join(folder, "planted/src/merge.ts"), merge.trimEnd());
  },
};
