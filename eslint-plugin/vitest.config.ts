import { defineConfig } from "vitest/config";

export default defineConfig({
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
