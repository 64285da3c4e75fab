// @ts-check
import { writeFileSync } from "node:fs";
import path from "node:path";

import { node } from "../../../support/eslint.mjs";
import { root } from "../../project.mjs";

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/demo",
  open: "planted",
  async prepare(folder) {
    const { status, stderr, stdout } = await node([path.join(root, "node_modules/eslint/bin/eslint.js"), "--format", "json", "planted"], { cwd: folder });
    if (status !== 1) throw new Error(`eslint ended with ${status}: ${stderr}`);
    const printed = path.join(path.dirname(folder), "eslint.json");
    writeFileSync(printed, stdout);
    return { DEMO_PRINTED: printed };
  },
};
