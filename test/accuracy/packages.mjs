// @ts-check
import { readFileSync } from "node:fs";
import path from "node:path";

import { sourceOptions } from "../support/stage.mjs";

/**
 * A package from npm whose tarball carries sources. Its version is the
 * one that its install's `package.json` pins.
 *
 * @typedef {{
 *   name: string,
 *   sources: readonly string[],
 *   isJavaScript?: boolean,
 *   compilerOptions?: Readonly<Record<string, unknown>>,
 *   settings?: Readonly<Record<string, unknown>>,
 *   install?: Install,
 * }} Package
 * `sources` are the folders and files to lint, of TypeScript unless `isJavaScript`, `compilerOptions` what its sources need
 * beside the common ones, `settings` what its users would set. What is in one `install` shares its types; the first is meant where
 * none is told.
 *
 * @typedef {"install" | "install-tools"} Install
 */

/** @type {readonly Package[]} */
export const packages = [
  { name: "@appium/base-driver", sources: ["lib"] },
  { name: "@appium/support", sources: ["lib"] },
  { name: "@automerge/automerge-repo", sources: ["src", "test"], settings: { presets: ["ws"] } },
  { name: "@browserless.io/browserless", sources: ["src"] },
  { name: "@dxos/client-services", sources: ["src"] },
  { name: "@dxos/echo-db", sources: ["src"] },
  { name: "@dxos/echo-pipeline", sources: ["src"] },
  { name: "@dxos/feed-store", sources: ["src"] },
  { name: "@dxos/network-manager", sources: ["src"] },
  { name: "@dxos/teleport", sources: ["src"] },
  { name: "@effect/platform-node-shared", sources: ["src"] },
  { name: "@grpc/grpc-js", sources: ["src"] },
  { name: "@hocuspocus/server", sources: ["src"] },
  { name: "@huggingface/hub", sources: ["src"] },
  { name: "@jupyterlab/application", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/apputils", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/codeeditor", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/coreutils", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/docmanager", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/docregistry", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/filebrowser", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/rendermime", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/services", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/statusbar", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/terminal", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@jupyterlab/ui-components", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@livekit/agents", sources: ["src"], settings: { presets: ["ws"] } },
  { name: "@livekit/rtc-node", sources: ["src"] },
  { name: "@lumino/widgets", sources: ["src"], settings: { presets: ["lumino"] } },
  { name: "@nomicfoundation/hardhat-utils", sources: ["src"], settings: { presets: ["undici"] } },
  { name: "@puppeteer/browsers", sources: ["src"] },
  { name: "@temporalio/client", sources: ["src"] },
  { name: "@temporalio/worker", sources: ["src"] },
  { name: "@trpc/server", sources: ["src"], compilerOptions: { paths: { "@trpc/server": ["./src/@trpc/server/index.ts"], "@trpc/server/*": ["./src/@trpc/server/*", "./src/*"] } } },
  { name: "@tus/file-store", sources: ["src"] },
  { name: "@tus/server", sources: ["src"] },
  { name: "@zenfs/core", sources: ["tests"] },
  { name: "appium", sources: ["lib"], settings: { presets: ["ws"] } },
  { name: "appium-adb", sources: ["lib"] },
  { name: "appium-android-driver", sources: ["lib"], settings: { presets: ["ws"] } },
  { name: "appium-chromedriver", sources: ["lib"] },
  { name: "appium-ios-remotexpc", sources: ["src"], settings: { presets: ["ws"] } },
  { name: "appium-ios-tuntap", sources: ["src"] },
  { name: "appium-xcuitest-driver", sources: ["lib"], settings: { presets: ["ws"] } },
  { name: "cojson", sources: ["src"] },
  { name: "convex", sources: ["src"], settings: { presets: ["ws"] } },
  { name: "effect", sources: ["src"], compilerOptions: { paths: { effect: ["./src/index.ts"], "effect/*": ["./src/*"] } } },
  { name: "hardhat", sources: ["src"], settings: { presets: ["undici", "ws"] } },
  { name: "libp2p", sources: ["src"] },
  { name: "mongodb", sources: ["src"] },
  { name: "piscina", sources: ["src", "test", "dist"] },
  { name: "puppeteer-core", sources: ["src"], settings: { presets: ["ws"] } },
  { name: "slonik", sources: ["src"] },
];

/** What all sources are checked with. */
export const commonOptions = {
  ...sourceOptions,
  lib: [...sourceOptions.lib, "DOM.AsyncIterable"],
  resolveJsonModule: true,
  experimentalDecorators: true,
  jsx: "react-jsx",
};

/** The folders whose packages are installed together. @type {readonly Install[]} */
const installs = ["install", "install-tools"];

/** The folder that pins a package. @param {Package} wanted @returns {Install} */
export function installOf({ install = "install" }) {
  return install;
}

/** @type {Readonly<Record<string, string>>} */
const pinned = Object.assign({}, ...installs.toReversed().map((folder) => JSON.parse(readFileSync(path.join(import.meta.dirname, folder, "package.json"), "utf8")).dependencies));

/** The pinned version of a package. @param {string} name */
export function versionOf(name) {
  const version = pinned[name];
  if (version === undefined) throw new Error(`${name} is not in the package.json of test/accuracy/${installs.join(" or ")}`);
  return version;
}
