// Configuration outside the opened folders, which a client watches only where it is asked to.
import path from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";
import { FileChangeType, type RegistrationParams, type RelativePattern } from "vscode-languageserver-protocol";

import { everything, start, type Client } from "./support/client.js";
import { eslintConfig, harmless, install, leak, resources, tsconfig, workspace, type Workspace } from "./support/workspace.js";

/** A repository of which one package is opened; what its `tsconfig.json` extends and what ESLint's configuration imports lies above. */
function repository(): Workspace {
  const made = workspace({
    "package.json": '{ "type": "module" }',
    "eslint.config.js": eslintConfig({ "await-using/require-using": "warn" }).replace('{"await-using/require-using":"warn"}', "rules").replace("export", 'import { rules } from "./shared/rules.js";\nexport'),
    "shared/rules.js": 'export const rules = { "await-using/require-using": "warn" };\n',
    "shared/base.json": tsconfig({ paths: { far: ["../packages/one/src/resources.ts"] } }, {}),
    "packages/one/tsconfig.json": JSON.stringify({ extends: "../../shared/base.json", include: ["src"] }),
    "packages/one/src/resources.ts": resources,
    "packages/one/src/harmless.ts": harmless,
    "packages/one/src/leak.ts": leak.replace("./resources.js", "far"),
  });
  install(made);
  return made;
}

/** Whether the client was asked to watch a file outside its folders. */
function isWatched(client: Client, file: string): boolean {
  return client.requests
    .filter(({ method }) => method === "client/registerCapability")
    .flatMap(({ params }) => (params as RegistrationParams).registrations)
    .flatMap(({ registerOptions }) => (registerOptions as { watchers?: readonly { globPattern: RelativePattern | string }[] } | undefined)?.watchers ?? [])
    .some(({ globPattern }) => typeof globPattern === "object" && typeof globPattern.baseUri === "string" && fileURLToPath(globPattern.baseUri) === path.dirname(file) && toRegExp(globPattern.pattern).test(path.basename(file)));
}

/** A pattern for names, with what ours have: alternatives, and any characters. */
function toRegExp(pattern: string): RegExp {
  const alternatives = /^\{(?<all>.*)\}$/u.exec(pattern)?.groups?.["all"]?.split(",") ?? [pattern];
  return new RegExp(`^(?:${alternatives.map((each) => each.replaceAll(".", "\\.").replaceAll("*", ".*")).join("|")})$`, "u");
}

const { Changed, Created } = FileChangeType;

describe("a package that is opened alone", () => {
  it("follows ESLint's configuration above it, with what that imports", async () => {
    using made = repository();
    await using client = await start({ folders: [made.file("packages/one")] });
    const uri = made.uri("packages/one/src/leak.ts");
    const severities = async (): Promise<unknown[]> => (await client.diagnostics(uri)).map(({ severity }) => severity);
    await client.open(uri);
    expect(await severities()).toEqual([2]);
    for (const name of ["eslint.config.js", "shared/rules.js"]) await client.until(`${name} is watched`, () => isWatched(client, made.file(name)) || undefined);

    made.write("shared/rules.js", 'export const rules = { "await-using/require-using": "error" };\n');
    await client.filesChanged(Changed, made.uri("shared/rules.js"));
    expect(await severities()).toEqual([1]);

    // One that comes between is the nearest.
    expect(isWatched(client, made.file("packages/eslint.config.js"))).toBe(true);
    made.write("packages/eslint.config.js", eslintConfig({ "await-using/require-using": "off", "await-using/no-leak-on-throw": "warn" }));
    await client.filesChanged(Created, made.uri("packages/eslint.config.js"));
    expect(await severities()).toEqual([]);
  });

  it("follows what its tsconfig.json extends", async () => {
    using made = repository();
    await using client = await start({ folders: [made.file("packages/one")] });
    const uri = made.uri("packages/one/src/leak.ts");
    await client.open(uri);
    expect(await client.findings(uri)).toEqual(["require-using 3"]);
    await client.until("it is watched", () => isWatched(client, made.file("shared/base.json")) || undefined);
    made.write("shared/base.json", tsconfig({ paths: { far: ["../packages/one/src/harmless.ts"] } }, {}));
    await client.filesChanged(Changed, made.uri("shared/base.json"));
    expect(await client.findings(uri)).toEqual([]);
  });

  it("asks for nothing twice, nor for what lies in its folder", async () => {
    using made = repository();
    await using client = await start({ folders: [made.file("packages/one"), made.folder] });
    await client.open(made.uri("packages/one/src/leak.ts"));
    await client.findings(made.uri("packages/one/src/leak.ts"));
    expect(["shared/base.json", "shared/rules.js", "eslint.config.js", "packages/one/tsconfig.json"].filter((name) => isWatched(client, made.file(name)))).toEqual([]);
    const above = client.requests.filter(({ method, params }) => method === "client/registerCapability" && JSON.stringify(params).includes("baseUri")).length;
    await client.open(made.uri("packages/one/src/harmless.ts"));
    await client.findings(made.uri("packages/one/src/harmless.ts"));
    expect(client.requests.filter(({ method, params }) => method === "client/registerCapability" && JSON.stringify(params).includes("baseUri"))).toHaveLength(above);
  });
});

it("a file that is opened without a folder follows the configuration above it", async () => {
  using made = workspace({ "src/leak.ts": leak, "src/resources.ts": resources });
  await using client = await start();
  const uri = made.uri("src/leak.ts");
  await client.open(uri);
  expect(await client.findings(uri)).toEqual(["require-using 3"]);
  await client.until("it is watched", () => isWatched(client, made.file("tsconfig.json")) || undefined);
  made.write("tsconfig.json", tsconfig({ paths: { "./resources.js": ["./none.ts"] } }));
  await client.filesChanged(Created, made.uri("tsconfig.json"));
  await client.findings(uri);
  expect(client.statuses().findLast((status) => status.uri === uri)?.tsconfig).toBe(made.file("tsconfig.json"));
});

it("a client that can watch its own folders only is not asked for more", async () => {
  using made = repository();
  await using client = await start({ folders: [made.file("packages/one")], capabilities: { ...everything, workspace: { ...everything.workspace, didChangeWatchedFiles: { dynamicRegistration: true } } } });
  const uri = made.uri("packages/one/src/leak.ts");
  await client.open(uri);
  expect(await client.diagnostics(uri)).toHaveLength(1);
  expect(JSON.stringify(client.requests)).not.toContain("baseUri");
});
