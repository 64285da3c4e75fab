import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // As in the plugin's own tests: types come from a test's code, not from the disk.
    env: { TSESTREE_SINGLE_RUN: "false" },
  },
});
