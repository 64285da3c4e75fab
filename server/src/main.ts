#!/usr/bin/env node
import path from "node:path";

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";

import { serve } from "./connection.js";
import { standardStreams } from "./stdio.js";
import { version } from "./version.js";

/** The workers' bundles stand beside this one: the server runs from its bundles only, which bring what the bundler knows. */
const bundles = { analysis: path.join(__dirname, "worker.cjs"), config: path.join(__dirname, "config.cjs") };
const usage = "Usage: await-using-language-server --stdio | --node-ipc | --socket=<port> | --pipe=<name>";

if (process.argv.includes("--version")) {
  console.log(`await-using-language-server ${version}`);
} else if (process.argv.includes("--stdio")) {
  const { reader, writer } = standardStreams();
  serve(createConnection(ProposedFeatures.all, reader, writer), bundles);
} else if (process.argv.some((argument) => /^--(?:node-ipc|pipe|socket)/u.test(argument))) {
  serve(createConnection(ProposedFeatures.all), bundles);
} else {
  console.error(`${usage}\nIt speaks the Language Server Protocol; an editor starts it.`);
  process.exitCode = 2;
}
