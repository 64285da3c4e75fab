import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const root = path.join(import.meta.dirname, "..", "..", "..");

/** A folder with a few files, outside the repository. */
export interface Workspace extends Disposable {
  readonly folder: string;
  file(name: string): string;
  uri(name: string): string;
  write(name: string, text: string): void;
  remove(name: string): void;
}

/**
 * @param files their texts by their names from the workspace's folder
 */
export function workspace(files: Readonly<Record<string, string>>): Workspace {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "await-using-protocol-")));
  const made: Workspace = {
    folder,
    file: (name) => path.join(folder, name),
    uri: (name) => pathToFileURL(path.join(folder, name)).href,
    write(name, text) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    },
    remove(name) {
      rmSync(path.join(folder, name), { recursive: true });
    },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  return made;
}

/** Gives a workspace ESLint, typescript-eslint and the plugin. */
export function install({ folder }: Workspace): void {
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
}

export const tsconfig = (more: object = {}, others: object = { include: ["src"] }): string =>
  JSON.stringify({
    compilerOptions: { target: "ESNext", lib: ["ESNext"], module: "ESNext", moduleResolution: "Bundler", types: [], strict: true, noEmit: true, ...more },
    ...others,
  });

/** A resource, and a function that acquires one. */
export const resources = `export declare class Conn implements AsyncDisposable {
  query(text?: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}
/** @owned */
export declare function open(): Promise<Conn>;
`;

/** What `resources` is when nothing of it needs disposal. */
export const harmless = `export declare class Conn {
  query(text?: string): Promise<number>;
}
export declare function open(): Promise<Conn>;
`;

/** One finding: `require-using` at `conn` in line 3. */
export const leak = `import { open } from "./resources.js";
export async function leak(): Promise<number> {
  const conn = await open();
  return await conn.query();
}
`;

/** A project with one leak. */
export const project = { "tsconfig.json": tsconfig(), "src/resources.ts": resources, "src/leak.ts": leak };

/** The workspace's own ESLint configuration that turns a few of our rules on. */
export const eslintConfig = (rules: Readonly<Record<string, unknown>>, before = ""): string => `${before}
import awaitUsing from "eslint-plugin-await-using";
import tseslint from "typescript-eslint";
export default [{
  files: ["**/*.ts"],
  languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
  plugins: { "await-using": awaitUsing },
  rules: ${JSON.stringify(rules)},
}];
`;
