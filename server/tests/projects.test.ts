import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openBuffers, type Buffers } from "../src/analysis/buffers.js";
import { knownNames } from "../src/analysis/names.js";
import { openProjects, type Projects } from "../src/analysis/projects.js";

const shared = { "shared/both.ts": "export const both = 1;\n" };
const one = { "one/tsconfig.json": '{ "include": ["*.ts"] }', "one/a.ts": 'import { both } from "../shared/both.js";\nexport const a = both;\n', "one/b.ts": "export const b = 1;\n" };
const two = { "two/tsconfig.json": '{ "include": ["*.ts"] }', "two/c.ts": 'import { both } from "../shared/both.js";\nexport const c = both;\n' };

let folder: string;
let buffers: Buffers;
let projects: Projects;

const file = (name: string): string => path.join(folder, name);
const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  }
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "await-using-projects-")));
  write({ ...shared, ...one, ...two });
  const names = knownNames();
  buffers = openBuffers(names);
  projects = openProjects(buffers, names);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("texts", () => {
  it("are kept as long as a project holds them", () => {
    projects.of(file("one/a.ts")).program();
    const alone = buffers.texts();
    projects.of(file("two/c.ts")).program();
    const both = buffers.texts();
    expect(both).toBe(alone + 1);
    projects.dropOne();
    expect(buffers.texts(), "the shared one stays").toBe(both - 2);
    expect(projects.all().map(({ tsconfig }) => tsconfig.file)).toEqual([file("two/tsconfig.json")]);
  });

  it("are read again by a project that comes back", () => {
    projects.of(file("one/a.ts")).program();
    projects.of(file("two/c.ts")).program();
    projects.dropOne();
    writeFileSync(file("one/a.ts"), "export const again = 1;\n");
    expect(projects.of(file("one/a.ts")).program().getSourceFile(file("one/a.ts"))?.text).toContain("again");
  });
});

describe("a project", () => {
  it("keeps what it has parsed where its configuration only names other files", () => {
    const before = projects.of(file("one/a.ts")).program();
    write({ "one/late.ts": "export const late = 1;\n" });
    projects.take([{ fileName: file("one/late.ts"), is: "created" }]);
    const after = projects.of(file("one/a.ts")).program();
    expect(after.getRootFileNames()).toHaveLength(before.getRootFileNames().length + 1);
    expect(after.getSourceFile(file("one/b.ts"))).toBe(before.getSourceFile(file("one/b.ts")));
  });

  it("is left alone by what comes and goes in another one", () => {
    const [first, second] = [projects.of(file("one/a.ts")), projects.of(file("two/c.ts"))];
    const versions = (): readonly string[] => [first.version(), second.version()];
    const before = versions();
    write({ "two/late.ts": "export {};\n", "made/any.ts": "" });
    projects.take(["two/late.ts", "made", "made/any.ts"].map((name) => ({ fileName: file(name), is: "created" })));
    expect(versions()[0]).toBe(before[0]);
    expect(versions()[1]).not.toBe(before[1]);
  });

  it("of files without a configuration is that of their package", () => {
    write({ "plain/package.json": "{}", "plain/a.js": "", "plain/deep/b.js": "" });
    const project = projects.of(file("plain/a.js"));
    expect(projects.of(file("plain/deep/b.js"))).toBe(project);
    expect(project.program().getRootFileNames()).toHaveLength(2);
    projects.leave(file("plain/a.js"));
    expect(project.program().getRootFileNames()).toHaveLength(1);
  });
});

describe("a buffer", () => {
  it.skipIf(process.platform === "win32")("covers its file under all names, and another buffer has its own", () => {
    symlinkSync(file("shared"), file("link"));
    const open = (name: string, text: string): void => {
      buffers.open({ fileName: file(name), version: 1, text });
    };
    const texts = (): readonly (string | undefined)[] => ["shared/both.ts", "link/both.ts"].map((name) => buffers.get(file(name))?.text);
    open("link/both.ts", "linked");
    expect(texts()).toEqual(["linked", "linked"]);
    open("shared/both.ts", "real");
    expect(texts()).toEqual(["real", "linked"]);
    buffers.close(file("link/both.ts"));
    expect(texts()).toEqual(["real", "real"]);
    rmSync(file("link"));
    symlinkSync(file("two"), file("link"));
    buffers.relinked();
    expect(texts()).toEqual(["real", undefined]);
  });
});
