import { ESLint } from "eslint";
import * as parser from "@typescript-eslint/parser";
import path from "node:path";
const plugin = (await import(process.env.PLUGIN ?? "../../dist/index.js")).default;
const cwd = path.resolve(import.meta.dirname, "..");
const eslint = new ESLint({ cwd, overrideConfigFile: true, baseConfig: [{ files: ["**/*.ts","**/*.tsx"], languageOptions: { parser, parserOptions: { project: "./corpus.tsconfig.json", tsconfigRootDir: cwd } }, plugins: { "await-using": plugin }, rules: Object.fromEntries(Object.keys(plugin.rules).map(r => [`await-using/${r}`, r==="no-sync-using" ? ["error",{both:"report"}] : "error"])) }] });
const results = await eslint.lintFiles(process.argv.slice(2)).catch((e) => { console.log(String(e.stack).slice(0, 2500)); process.exit(1); });
for (const r of results) for (const m of r.messages) console.log(`${path.relative(cwd, r.filePath)}:${m.line} ${m.ruleId?.slice(12)} ${m.message}${m.suggestions ? " [S]" : ""}`);
