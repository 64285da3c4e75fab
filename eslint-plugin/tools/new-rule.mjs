// @ts-check
// Writes the three files of a new rule and enters it in the index.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const [name = ""] = process.argv.slice(2);
if (!/^(?:no|prefer|require|valid)-[a-z-]+$/u.test(name)) {
  console.error(`Usage: npm run new-rule -w eslint-plugin-await-using -- <name>\n"${name}" is not a rule's name: it starts with no-, prefer-, require- or valid-, in lower case with hyphens.`);
  process.exit(1);
}
const root = path.join(import.meta.dirname, "..");
const camel = name.replaceAll(/-(?<letter>[a-z])/gu, (_, letter) => String(letter).toUpperCase());

/** @param {string} file @param {string} text */
function write(file, text) {
  const target = path.join(root, file);
  if (existsSync(target)) {
    console.error(`${file} exists already; nothing was overwritten.`);
    process.exit(1);
  }
  writeFileSync(target, text);
  console.log(`wrote ${file}`);
}

write(
  `src/rules/${name}.ts`,
  `import { createRule, typedCodeOf } from "./create-rule.js";

export default createRule({
  name: "${name}",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow …",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    messages: {
      found: "What it is, why it bites, what to write.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    void code;
    return {};
  },
});
`,
);
write(
  `tests/${name}.test.ts`,
  `import rule from "../src/rules/${name}.js";
import { ts, typed } from "./support/rule-tester.js";

typed.run("${name}", rule, {
  valid: [ts("const nothing = null;", { name: "nothing is acquired" })],
  invalid: [],
});
`,
);
write(
  `docs/rules/${name}.md`,
  `# await-using/${name}

<!-- end auto-generated rule header -->

## Why

## Examples

\`\`\`ts incorrect
\`\`\`

\`\`\`ts correct
\`\`\`

## Fix safety

## When not to use it
`,
);

const index = path.join(root, "src/index.ts");
const text = readFileSync(index, "utf8");
const imports = [...text.matchAll(/^import .+ from "\.\/rules\/.+";$/gmu)].map(([line]) => line);
const entries = [...text.matchAll(/^ {2}"[a-z-]+": \w+,$/gmu)].map(([line]) => line);
const sorted = (/** @type {string[]} */ lines, /** @type {string} */ line) => [...lines, line].sort((a, b) => (a.split('"')[1] ?? "").localeCompare(b.split('"')[1] ?? "")).join("\n");
writeFileSync(
  index,
  text
    .replace(imports.join("\n"), sorted(imports, `import ${camel} from "./rules/${name}.js";`))
    .replace(entries.join("\n"), sorted(entries, `  "${name}": ${camel},`)),
);
console.log("entered it in src/index.ts; now give it a place in src/configs/configs.ts");
