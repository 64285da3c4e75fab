// @ts-check
// Installs what the editor tests run in: `npm run editor:setup`. Does nothing where all is there.
import { performance } from "node:perf_hooks";

import { aptInstall, findChromium, noChromium } from "./host/chromium.mjs";
import { install, isInstalled } from "./host/install.mjs";
import { canHost, productOf, versions } from "./host/versions.mjs";
import { onPath } from "./host/which.mjs";

if (!canHost()) {
  console.log(`On ${process.platform}-${process.arch} there is nothing to set up: \`npm run test:editor\` downloads the desktop VS Code.`);
  process.exit();
}

if (findChromium() === undefined || onPath("rg") === undefined) {
  console.log("Installing chromium and ripgrep with apt-get …");
  if (!aptInstall("chromium", "ripgrep")) console.error("apt-get could not install them: that takes Debian or Ubuntu, root and a network.");
}
const chromium = findChromium();
console.log(chromium === undefined ? noChromium : `Chromium: ${chromium}`);
if (chromium === undefined) process.exitCode = 1;
if (onPath("rg") === undefined) {
  console.log("No ripgrep on PATH, which VS Code 1.100 searches files with. Install it (Debian: `apt-get install ripgrep`).");
  process.exitCode = 1;
}

for (const version of versions) {
  const started = performance.now();
  try {
    const upToDate = isInstalled(version);
    if (!upToDate) install(version);
    console.log(`${version}: VS Code ${productOf(version).version}, ${upToDate ? "up to date" : `installed in ${((performance.now() - started) / 1000).toFixed(0)} s`}`);
  } catch (error) {
    console.error(`${version}: not installed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
