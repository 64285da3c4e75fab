// @ts-check
import { writeFileSync } from "node:fs";
import path from "node:path";

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/editor",
  open: "app",
  prepare(folder) {
    for (const ending of ["ts", "tsx", "js", "jsx"]) writeFileSync(path.join(folder, "app/src", `empty.${ending}`), "");
  },
};
