// @ts-check
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A line of code that leaves a file beside the project, by which it is known to have run. @param {string} name */
const traceOf = (name) => `require("node:fs").writeFileSync(require("node:path").join(process.env.EVIDENCE, ${JSON.stringify(name)}), "");\n`;

/** @type {import("../../launches.mjs").Launch} */
export default {
  project: "test/fixtures/editor",
  open: "app",
  trust: "withheld",
  prepare(folder) {
    const app = path.join(folder, "app");
    const evidence = path.join(folder, "evidence");
    mkdirSync(evidence);
    for (const [file, name] of Object.entries({ "eslint.config.cjs": "configuration", "node_modules/eslint-plugin-await-using/index.js": "plugin", "node_modules/eslint/index.js": "eslint", "node_modules/typescript/index.js": "typescript" })) {
      mkdirSync(path.dirname(path.join(app, file)), { recursive: true });
      writeFileSync(path.join(app, file), traceOf(name));
    }
    for (const name of ["eslint", "eslint-plugin-await-using", "typescript"]) writeFileSync(path.join(app, "node_modules", name, "package.json"), JSON.stringify({ name, version: "99.0.0", main: "index.js" }));
    writeFileSync(path.join(app, "eslint.config.js"), 'import "./eslint.config.cjs";\nimport plugin from "eslint-plugin-await-using";\nexport default [{ plugins: { plugin } }];\n');
    writeFileSync(path.join(app, "runtime.cjs"), traceOf("runtime"));
    mkdirSync(path.join(app, ".vscode"));
    const settings = { "awaitUsing.runtime": path.join(app, "runtime.cjs"), "awaitUsing.execArgv": ["--require", path.join(app, "runtime.cjs")], "awaitUsing.useWorkspaceConfig": "auto" };
    writeFileSync(path.join(app, ".vscode/settings.json"), JSON.stringify(settings));
    return { EVIDENCE: evidence };
  },
};
