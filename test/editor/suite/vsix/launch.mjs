// @ts-check
import { readFileSync } from "node:fs";
import path from "node:path";

import { node } from "../../../support/eslint.mjs";
import { root } from "../../project.mjs";

const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/demo",
  open: "planted",
  ours: { vsix: `artifacts/${name}-${version}.vsix` },
  versions: ["newest"],
  async prepare() {
    const { status, stderr, stdout } = await node(["tools/package.mjs"], { cwd: root });
    if (status !== 0) throw new Error(`packaging ended with ${status}: ${stdout}${stderr}`);
  },
};
