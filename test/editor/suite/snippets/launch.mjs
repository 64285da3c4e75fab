// @ts-check
import { writeFileSync } from "node:fs";
import path from "node:path";

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/editor",
  open: "app",
  // In the oldest, the suite `web` completes and inserts each of them.
  versions: ["newest"],
  prepare(folder) {
    for (const ending of ["ts", "tsx", "js", "jsx"]) writeFileSync(path.join(folder, "app/src", `empty.${ending}`), "");
  },
};
