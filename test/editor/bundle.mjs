// @ts-check
import path from "node:path";

import { build } from "esbuild";

/**
 * Tests with mocha in one file, for an extension host that is a worker of a browser.
 *
 * @param {readonly string[]} files @param {string} outfile
 */
export async function bundleForWeb(files, outfile) {
  const imports = [path.join(import.meta.dirname, "support/mocha-in-browser.mjs"), ...files].map((file) => `import ${JSON.stringify(file)};`);
  const contents = `${imports.join("\n")}\nexport { run } from ${JSON.stringify(path.join(import.meta.dirname, "support/run-in-browser.mjs"))};\n`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    outfile,
    external: ["vscode"],
    bundle: true,
    platform: "browser",
    format: "cjs",
    loader: { ".code-snippets": "json" },
    logLevel: "warning",
  });
  return outfile;
}
