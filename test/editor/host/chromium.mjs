// @ts-check
import { spawnSync } from "node:child_process";

import { onPath } from "./which.mjs";

/** The browser that shows the workbench, if there is one. */
export const findChromium = () => process.env["EDITOR_HOST_CHROMIUM"] ?? onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

/** Why there is no browser, and what to do about it. */
export const noChromium = "No Chromium on PATH. Install it (Debian: `apt-get install --no-install-recommends chromium`), or name one in EDITOR_HOST_CHROMIUM.";

/** Installs Debian packages, where that can be done. @param {...string} packages */
export function aptInstall(...packages) {
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return false;
  return apt("update", "-qq") && apt("install", "-y", "-qq", "--no-install-recommends", ...packages);
}

/** @param {...string} args */
function apt(...args) {
  const { status } = spawnSync("apt-get", args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: ["ignore", "ignore", "inherit"] });
  return status === 0;
}
