// A long day in one editor: branches come and go under open files.
import { expect, it } from "vitest";

import { start } from "./support/client.js";
import { leak, project, tsconfig, workspace } from "./support/workspace.js";

/** The heap of the analysis after a full answer, in MiB. */
async function heap(client: Awaited<ReturnType<typeof start>>): Promise<number> {
  const told = String(await client.request("awaitUsing/debugInformation", undefined));
  return Number(/heap (?<size>\d+) MiB/u.exec(told)?.groups?.["size"]);
}

it("memory does not grow with the number of branch switches", async () => {
  using made = workspace(project);
  await using client = await start({ folders: [made.folder] });
  const uri = made.uri("src/leak.ts");
  await client.open(uri, leak);
  const sizes: number[] = [];
  for (let turn = 0; turn < 24; turn += 1) {
    for (let index = 0; index < 5; index += 1) {
      made.write(`src/branch${String(index)}.ts`, `export const made${String(index)} = ${String(turn)};\n${"// a line of the branch\n".repeat(200)}`);
    }
    made.write("tsconfig.json", tsconfig({ noImplicitReturns: turn % 2 === 0 }));
    await client.notify("workspace/didChangeWatchedFiles", {
      changes: [...Array.from({ length: 5 }, (_, index) => ({ uri: made.uri(`src/branch${String(index)}.ts`), type: turn === 0 ? 1 : 2 })), { uri: made.uri("tsconfig.json"), type: 2 }],
    });
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    sizes.push(await heap(client));
  }
  const early = Math.max(...sizes.slice(4, 12));
  const late = Math.max(...sizes.slice(-8));
  expect(late).toBeLessThan(early * 1.5);
});
