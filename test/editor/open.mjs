// @ts-check
// VS Code in the browser, on a copy of the demo project, with the extension of this checkout: `npm run editor`.
// `npm run editor -- folder` opens a copy of another project.
import { createWriteStream } from "node:fs";
import path from "node:path";

import { isInstalled } from "./host/install.mjs";
import { interrupted } from "./host/interrupted.mjs";
import { makeProfile } from "./host/profile.mjs";
import { canHost, productOf } from "./host/versions.mjs";
import { startWorkbench } from "./host/workbench.mjs";
import { root, stageProject } from "./project.mjs";

const version = "newest";

if (!canHost()) {
  console.error(`This needs Linux on x64. Here, open the extension in your own VS Code: code --extensionDevelopmentPath=${root} ${path.join(root, "test/fixtures/demo/planted")}`);
  process.exit(1);
}
if (!isInstalled(version)) {
  console.error("The editor is not installed, or not up to date. Run `npm run editor:setup` first.");
  process.exit(1);
}

const profile = makeProfile();
const log = createWriteStream(path.join(profile.temp, "log"));
const asked = interrupted();
try {
  const [folder] = process.argv.slice(2);
  const { open: workspace } = await stageProject(folder === undefined ? { project: "test/fixtures/demo", open: "planted" } : { project: path.resolve(folder) }, profile.temp);
  const workbench = await startWorkbench({ version, profile, log, trust: "granted", workspace, extensions: [root] });
  try {
    console.log(`
VS Code ${productOf(version).version} is running, with the extension of this checkout. Open this address in a browser on this machine:

  ${workbench.url}

It shows ${workspace}, a copy that you may edit; it is removed at the end.
After a build, reload the page to run the new code. The log is ${path.join(profile.temp, "log")}.
Ctrl+C here ends it.
`);
    const ended = await Promise.race([asked.then(() => undefined), workbench.exited.then((code) => `The VS Code server exited with ${code}.`)]);
    if (ended !== undefined) {
      console.error(ended);
      process.exitCode = 1;
    }
  } finally {
    await workbench.stop();
  }
} finally {
  await new Promise((resolve) => log.end(resolve));
  profile[Symbol.dispose]();
}
process.exit();
