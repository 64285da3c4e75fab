// @ts-check
// Makes what is published, in artifacts/: one VSIX, and the tarballs of the plugin and the server.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { createVSIX } from "@vscode/vsce";

import { bundle, kilobytes } from "./bundle.mjs";
import { thirdPartyNotices } from "./notices.mjs";

const root = path.join(import.meta.dirname, "..");
const artifacts = path.join(root, "artifacts");
const most = 3 * 1024 * 1024;
const branch = "https://github.com/await-using/await-using";

rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts);
execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-b"], { cwd: root, stdio: "inherit" });

const { inputs } = await bundle({ production: true });
writeFileSync(path.join(root, "ThirdPartyNotices.txt"), thirdPartyNotices(inputs));

const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const vsix = path.join(artifacts, `await-using-${version}.vsix`);
await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, baseContentUrl: `${branch}/blob/main`, baseImagesUrl: `${branch}/raw/main` });

pack(path.join(root, "eslint-plugin"));
pack(stageServer());

const { size } = statSync(vsix);
console.log(`${kilobytes(size)}  ${path.relative(root, vsix)}`);
if (size > most) throw new Error(`The VSIX has ${String(size)} bytes; at most ${String(most)} are allowed`);

/** @param {string} folder */
function pack(folder) {
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", artifacts], { cwd: folder, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
}

/**
 * The server is published as its bundles: it brings all it needs, and nothing is resolved on the user's machine. Its
 * manifest in the repository is private, so that nobody publishes the folder instead, and names no program: there is
 * none in that folder.
 */
function stageServer() {
  const staged = mkdtempSync(path.join(tmpdir(), "await-using-server-"));
  const { dependencies, devDependencies, exports, private: _, scripts, ...manifest } = JSON.parse(readFileSync(path.join(root, "server/package.json"), "utf8"));
  const bundles = ["server.cjs", "worker.cjs", "config.cjs"];
  const published = { ...manifest, bin: { "await-using-language-server": "dist/server.cjs" }, files: ["dist", "ThirdPartyNotices.txt"] };
  writeFileSync(path.join(staged, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  for (const name of [...bundles, "typescript"]) cpSync(path.join(root, "dist", name), path.join(staged, "dist", name), { recursive: true });
  for (const name of ["LICENSE", "ThirdPartyNotices.txt"]) cpSync(path.join(root, name), path.join(staged, name));
  cpSync(path.join(root, "server/README.md"), path.join(staged, "README.md"));
  return staged;
}
