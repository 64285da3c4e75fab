// @ts-check
// Runs in the extension host in place of the tests' entry: it runs that entry, and copies what it prints to a file,
// since the extension host's console ends up in the workbench's log.
"use strict";
const fs = require("node:fs");
const { pathToFileURL } = require("node:url");
const util = require("node:util");

const { EDITOR_HOST_OUTPUT: output = "", EDITOR_HOST_TESTS: tests = "" } = process.env;

exports.run = async () => {
  const file = fs.openSync(output, "a");
  // The extension host's console has accessors whose setters do nothing, hence defineProperty.
  for (const name of /** @type {const} */ (["log", "info", "warn", "error", "debug"])) {
    const original = console[name];
    const copy = (/** @type {unknown[]} */ ...args) => {
      fs.writeSync(file, `${util.format(...args)}\n`);
      original.apply(console, args);
    };
    Object.defineProperty(console, name, { configurable: true, get: () => copy, set() {} });
  }
  const { run } = await import(pathToFileURL(tests).href);
  await run();
  fs.writeFileSync(`${output}.passed`, "");
};
