import type { ResourceType } from "../resource.js";

/** What a package declares: its types by the method that releases them. */
function typesOf(module: string, released: Readonly<Record<string, readonly string[]>>): readonly ResourceType[] {
  return Object.entries(released).flatMap(([release, types]) => types.map((type) => ({ type, module, release })));
}

/**
 * Types of well-known packages that have no disposer and are resources all the
 * same; a user turns them on by name (setting `presets`, LIBRARIES.md "No disposer
 * in the published types"). What the user of an editor closes (a terminal, a
 * webview) is left out.
 */
export const presets: Readonly<Record<string, readonly ResourceType[]>> = {
  "better-sqlite3": typesOf("better-sqlite3", { close: ["Database"] }),
  ioredis: typesOf("ioredis", { quit: ["Cluster", "Redis"] }),
  lumino: typesOf("@lumino/disposable", { dispose: ["IDisposable"] }),
  pg: typesOf("pg", { end: ["Client", "Pool"], release: ["PoolClient"] }),
  "socket.io": typesOf("socket.io", { close: ["Server"] }),
  undici: typesOf("undici", { close: ["Dispatcher"] }),
  vscode: typesOf("vscode", {
    dispose: ["CancellationTokenSource", "DiagnosticCollection", "Disposable", "EventEmitter", "LanguageStatusItem", "OutputChannel", "QuickInput", "SourceControl", "StatusBarItem", "TestController", "TextEditorDecorationType"],
  }),
  ws: typesOf("ws", { close: ["Server", "WebSocket"] }),
};
