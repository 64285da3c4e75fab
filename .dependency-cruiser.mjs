// @ts-check
// Which file may import which. `npm run arrows` checks it, types included: whoever needs a file's types needs the file.

/** @typedef {import("dependency-cruiser").IRegularForbiddenRuleType} Rule */

/** @type {(name: string, why: string, from: Rule["from"], to: Rule["to"]) => Rule} */
const forbid = (name, why, from, to) => ({ name, comment: why, severity: "error", from, to });

/** Whatever is in a package, or in the package of its types. @param {...string} names */
const packages = (...names) => `(?:^|/)node_modules/(?:@types/)?(?:${names.join("|")})/`;

/** What our plugin's name leads to. */
const plugin = "^eslint-plugin/dist/";
const vscode = packages("vscode");
const protocolLibraries = packages("vscode-languageserver", "vscode-languageserver-protocol", "vscode-languageserver-textdocument", "vscode-languageserver-types", "vscode-jsonrpc");
/** All that judges code: heavy, and the reason for threads of their own. */
const judges = `${packages("eslint", "typescript", "@typescript-eslint")}|${plugin}`;
const anyOfOurs = "^(?:server|client|snippets|eslint-plugin)/";

/** The server's side that runs in the protocol thread. */
const protocolThread = "^server/src/(?:(?:main|connection|stdio|version)\\.ts|protocol/|threads/|presentation/|config/suppressions\\.ts|actions/(?:directive|select|suppress)\\.ts)";

/** @type {readonly Rule[]} */
const everywhere = [
  forbid("no-circles", "Two files that need each other are one file, or three.", { path: "^(?:server|client|snippets)/src/" }, { circular: true }),
  forbid("seen", "An arrow whose end is not found would be checked by no other rule. (That of our plugin is its build: `npm run build`.)", {}, { couldNotResolve: true }),
  forbid("plugin-by-name", "The plugin's folders are its own business: it is imported by its name, as users import it.", { pathNot: "^eslint-plugin/" }, { path: "^eslint-plugin/src/" }),
  forbid("vscode-in-client-only", "Only the client runs inside VS Code.", { pathNot: "^client/" }, { path: vscode }),
];

/** @type {readonly Rule[]} */
const clientRules = [
  forbid("client-knows-the-contract", "Of the server the client knows what they say to each other, and no more.", { path: "^client/" }, { path: anyOfOurs, pathNot: "^client/|^server/src/protocol/contract\\.ts$" }),
  forbid("client-judges-nothing", "The extension host is shared with all other extensions: nothing is linted there.", { path: "^client/" }, { path: judges }),
  forbid("web-is-small", "A browser has no server to talk to: its part only says so.", { path: "^client/src/web\\.ts$" }, { path: ".", pathNot: `${vscode}|^client/src/languages\\.ts$` }),
  forbid("contract-is-plain", "Both sides read it, so it needs nothing of either.", { path: "^server/src/protocol/contract\\.ts$" }, { path: "." }),
];

/** @type {readonly Rule[]} */
const serverRules = [
  forbid("server-knows-no-client", "Any editor may be at the other end.", { path: "^server/" }, { path: "^(?:client|snippets)/" }),
  forbid("protocol-libraries", "LSP is spoken at the door: behind it there are findings, and no diagnostics.", { path: "^server/src/", pathNot: "^server/src/(?:(?:main|connection|stdio)\\.ts|protocol/|presentation/diagnostic\\.ts)" }, { path: protocolLibraries }),
  forbid("protocol-thread-judges-nothing", "The protocol thread answers at once: rules, ESLint and TypeScript run in workers.", { path: protocolThread }, { path: judges, dependencyTypesNot: ["type-only"] }),
  forbid("workspace-code", "Code of the workspace is loaded where its configuration is read, and where its own plugin runs by order of that configuration; nowhere else can anything be required from there.", { path: "^server/src/", pathNot: "^server/src/(?:config/workspace-eslint|analysis/plugin)\\.ts$" }, { path: "^(?:node:)?module$" }),
  forbid("one-linter", "ESLint runs in one place; elsewhere it is only a word.", { path: "^server/src/", pathNot: "^server/src/analysis/lint\\.ts$" }, { path: packages("eslint"), dependencyTypesNot: ["type-only"] }),

  forbid("door", "The protocol asks the rooms behind it, and no room asks who is at the door.", { path: "^server/src/", pathNot: "^server/src/(?:main\\.ts|connection\\.ts|protocol/)" }, { path: "^server/src/(?:main|connection|stdio|version)\\.ts$|^server/src/protocol/" }),
  forbid("main-first", "The process is started in one place.", { path: "^server/src/(?:connection\\.ts|protocol/)" }, { path: "^server/src/(?:main|connection|stdio)\\.ts$" }),
  forbid("plain-words", "What all rooms share needs none of them.", { path: "^server/src/(?:failure|finding|manifests|text|version)\\.ts$" }, { path: "^server/src/", pathNot: "^server/src/finding\\.ts$" }),
  forbid("threads-carry-anything", "A worker thread is kept running whatever it is asked.", { path: "^server/src/threads/" }, { path: "^server/src/", pathNot: "^server/src/threads/" }),
  forbid("config-before-analysis", "Which rules run is known before anything is looked at.", { path: "^server/src/config/" }, { path: "^server/src/", pathNot: "^server/src/(?:config/|threads/|failure\\.ts$)" }),
  forbid("presentation-knows-data", "Words are put to findings, scopes and rules: plain data, of which it knows the shape.", { path: "^server/src/presentation/" }, { path: "^server/src/", pathNot: "^server/src/(?:presentation/|finding\\.ts$|analysis/(?:messages|scopes)\\.ts$)" }),
  forbid("presentation-knows-shapes-only", "See presentation-knows-data.", { path: "^server/src/presentation/" }, { path: "^server/src/analysis/", dependencyTypesNot: ["type-only"] }),
  forbid("actions-are-given-programs", "An action is made of the program and the positions that it is given: it opens no project and runs no rule.", { path: "^server/src/actions/" }, { path: "^server/src/", pathNot: "^server/src/(?:actions/|(?:finding|text)\\.ts$|analysis/(?:messages|package|tsconfig)\\.ts$)" }),
  forbid("worker-asks-for-actions", "Programs know nothing of what is done with them; the worker brings both together.", { path: "^server/src/analysis/", pathNot: "^server/src/analysis/worker\\.ts$" }, { path: "^server/src/actions/|^server/src/analysis/worker\\.ts$" }),
  forbid("protocol-asks-by-messages", "What crosses threads is plain data: of the analysis the protocol knows the messages only.", { path: "^server/src/(?:connection\\.ts|protocol/)" }, { path: "^server/src/analysis/", pathNot: "^server/src/analysis/messages\\.ts$" }),
  forbid("protocol-asks-config-by-messages", "The same of the configuration, and the name of the file of suppressions, which is watched.", { path: "^server/src/(?:connection\\.ts|protocol/)" }, { path: "^server/src/config/", pathNot: "^server/src/config/(?:messages|suppressions)\\.ts$" }),
  forbid("protocol-acts-on-text", "Actions that need a program are asked for; only those on text and findings are made here.", { path: "^server/src/(?:connection\\.ts|protocol/)" }, { path: "^server/src/actions/", pathNot: "^server/src/actions/(?:directive|select|suppress)\\.ts$" }),
];

/** @type {readonly Rule[]} */
const snippetRules = [
  forbid("snippets-stand-alone", "A snippet becomes the user's own code: it needs what the user has, and nothing of ours.", { path: "^snippets/" }, { path: ".", pathNot: "^snippets/" }),
];

/** The plugin's rooms, from the ground up: each may ask those before it. */
const rooms = [
  "(?:resource|syntax)\\.ts$",
  "lexicon/",
  "libraries/",
  "(?:code|settings|text)\\.ts$",
  "platform/",
  ...["values", "scopes", "release", "generators", "waiting", "uses", "owners", "lifetime", "several", "classes"].map((room) => `ownership/${room}/`),
  "flow/",
  ...["text", "placement", "waiting", "scopes", "by-hand", "stacks", "classes", "generators", "refactorings"].map((room) => `edits/${room}/`),
  "edits/compiler-fixes\\.ts$",
  "rules/",
  "explain/",
];

/** @type {readonly Rule[]} */
const pluginRules = [
  forbid("plugin-no-circles", "Two files that need each other are one file, or three.", { path: "^eslint-plugin/src/" }, { circular: true }),
  ...rooms.slice(0, -1).map((room, at) =>
    forbid(`plugin-looks-down-from-${room.replaceAll(/\W+/gu, "-")}`, "A rule asks for edits, edits ask flow, flow asks ownership, ownership asks the file and its words; never the other way.", { path: `^eslint-plugin/src/${room}` }, { path: `^eslint-plugin/src/(?:${rooms.slice(at + 1).join("|")})` }),
  ),
  forbid("plugin-types-answer", "Types are asked through the contract in code.ts: where a linted file, or an editor's, gets its types is the only door to those who answer.", { path: "^eslint-plugin/src/", pathNot: "^eslint-plugin/src/(?:types/|rules/create-rule\\.ts$|editor\\.ts$)" }, { path: "^eslint-plugin/src/types/" }),
  forbid("plugin-types-know-the-contract", "What answers questions about types knows the questions, the names of APIs and what is known of libraries; nothing that asks.", { path: "^eslint-plugin/src/types/" }, { path: "^eslint-plugin/src/", pathNot: "^eslint-plugin/src/(?:types/|lexicon/|libraries/|(?:code|resource|settings|syntax)\\.ts$)" }),
  forbid("plugin-types-ask-typescript", "Only src/types/ asks TypeScript anything.", { path: "^eslint-plugin/src/", pathNot: "^eslint-plugin/src/types/" }, { path: packages("typescript", "ts-api-utils", "@typescript-eslint/(?:parser|type-utils|typescript-estree)") }),
  forbid("plugin-runs-alone", "Beside a root typescript@7 its API crashes at load: at run time the plugin needs its two dependencies and nothing else.", { path: "^eslint-plugin/src/" }, { path: "(?:^|/)node_modules/", pathNot: packages("@typescript-eslint/utils", "semver"), dependencyTypesNot: ["type-only"] }),
  forbid("plugin-knows-no-editor", "It is asked by editors and by CI, and knows neither.", { path: "^eslint-plugin/src/" }, { path: `^(?:server|client|snippets)/|${vscode}|${protocolLibraries}` }),
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [...everywhere, ...clientRules, ...serverRules, ...snippetRules, ...pluginRules],
  options: {
    // Imports of types count, though nothing is left of them at run time.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: "(?:^|/)(?:node_modules|dist)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "node", "default"] },
  },
};
