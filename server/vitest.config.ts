import path from "node:path";

import { defineConfig } from "vitest/config";

const plugin = path.join(import.meta.dirname, "../eslint-plugin/src");

export default defineConfig({
  // Sources, so that a test is never about an older plugin than the one beside it.
  resolve: {
    alias: [
      { find: /^eslint-plugin-await-using$/u, replacement: path.join(plugin, "index.ts") },
      { find: /^eslint-plugin-await-using\/(?<name>\w+)$/u, replacement: path.join(plugin, "$1.ts") },
    ],
  },
  test: {
    include: ["tests/*.test.ts"],
    isolate: false,
    pool: "threads",
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // In a single run, which CI=true lets it infer, typescript-eslint reads types from the disk and not from a test's code.
    env: { TSESTREE_SINGLE_RUN: "false" },
  },
});
