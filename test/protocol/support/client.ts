import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";

import { createMessageConnection, NotificationType, RequestType, StreamMessageReader, StreamMessageWriter, type CancellationToken, type MessageConnection } from "vscode-jsonrpc/node";
import type {
  ClientCapabilities,
  CodeAction,
  CodeActionContext,
  Diagnostic,
  DocumentDiagnosticReport,
  FileChangeType,
  InitializeResult,
  Position,
  PublishDiagnosticsParams,
  Range,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";

import type { Status } from "../../../server/src/protocol/contract.js";
import { root } from "./workspace.js";

/** The bundle under test. */
export const bundle = path.join(process.env["AWAIT_USING_DIST"] ?? path.join(root, "dist"), "server.cjs");

/** What VS Code can do, as far as we use it. */
export const everything: ClientCapabilities = {
  textDocument: { diagnostic: { relatedInformation: true }, codeAction: { disabledSupport: true } },
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
    workspaceFolders: true,
  },
};

/** A client that can do nothing but show what it is sent. */
export const plain: ClientCapabilities = {};

export interface Options {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly trusted?: boolean;
  readonly eslintExtensionActive?: boolean;
  /** The section `awaitUsing` of the settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Node's arguments before the bundle, and the bundle. */
  readonly command?: readonly string[];
  /** The process without which the server ends. */
  readonly processId?: number | null;
}

interface Received {
  readonly method: string;
  readonly params: unknown;
}

/** Starts the bundled server over stdio. */
export async function start({ capabilities = everything, command = [bundle], eslintExtensionActive = false, folders = [], processId = process.pid, settings = {}, trusted = true }: Options = {}): Promise<Client> {
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing: run npm run build`);
  const child = spawn(process.execPath, [...command, "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
  const client = new Client(child, settings);
  try {
    client.initialized = await client.request("initialize", {
      processId,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: path.basename(folder) })),
      capabilities,
      initializationOptions: { client: "test", eslintExtensionActive, trusted },
    });
    await client.notify("initialized", {});
    if (capabilities.workspace?.configuration === true) await client.until("the server has asked for the settings", () => client.requests.find(({ method }) => method === "workspace/configuration"));
    return client;
  } catch (error) {
    await client[Symbol.asyncDispose]();
    throw error;
  }
}

export class Client implements AsyncDisposable {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly connection: MessageConnection;
  /** What the server has sent, in its order. */
  readonly notifications: Received[] = [];
  readonly requests: Received[] = [];
  settings: Readonly<Record<string, unknown>>;
  initialized: InitializeResult = { capabilities: {} };
  /** Everything that the server has printed where nobody should print. */
  stderr = "";
  readonly #documents = new Map<string, { version: number; text: string }>();
  readonly #waiting = new Set<() => void>();
  readonly #exit: Promise<number | null>;

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>, settings: Readonly<Record<string, unknown>>) {
    this.child = child;
    this.settings = settings;
    this.#exit = new Promise((resolve) => child.once("exit", resolve));
    child.stderr.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    // A killed server breaks the pipe while we still write into it.
    child.stdin.on("error", () => undefined);
    this.connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.connection.onError(() => undefined);
    this.connection.onNotification((method, params) => {
      this.notifications.push({ method, params });
      this.#look();
    });
    this.connection.onRequest((method: string, params: unknown) => {
      // Whoever waits for the request goes on when its answer is on its way.
      setImmediate(() => {
        this.requests.push({ method, params });
        this.#look();
      });
      if (method === "workspace/configuration") return [this.settings];
      if (method === "workspace/applyEdit") {
        this.apply((params as { edit: WorkspaceEdit }).edit);
        return { applied: true };
      }
      return null;
    });
    this.connection.onUnhandledProgress((params) => {
      this.notifications.push({ method: "$/progress", params });
      this.#look();
    });
    this.connection.listen();
  }

  request<T>(method: string, params?: unknown, token?: CancellationToken): Promise<T> {
    return this.connection.sendRequest(new RequestType<unknown, T, unknown>(method), params, token);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(new NotificationType<unknown>(method), params);
  }

  /** Resolves with what `find` finds, as soon as the server has sent it. */
  until<T>(what: string, find: () => T | undefined, milliseconds = 30_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`In vain: ${what}. The log:\n${this.log().join("\n")}\n${this.stderr}`));
      }, milliseconds);
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Changes the settings, as a person does. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const asked = (): number => this.requests.filter(({ method }) => method === "workspace/configuration").length;
    const before = asked();
    this.settings = settings;
    await this.notify("workspace/didChangeConfiguration", { settings: null });
    await this.until("the server has asked for the settings", () => asked() > before || undefined);
  }

  /** Opens a file as it is on disk, or with another text. */
  async open(uri: string, text = readFileSync(fileURLToPath(uri), "utf8"), languageId = languageOf(uri)): Promise<void> {
    this.#documents.set(uri, { version: 1, text });
    await this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  text(uri: string): string {
    return this.#document(uri).text;
  }

  version(uri: string): number {
    return this.#document(uri).version;
  }

  /** Makes changes one after the other, in one notification. */
  async change(uri: string, ...changes: readonly TextDocumentContentChangeEvent[]): Promise<void> {
    const document = this.#document(uri);
    document.version += 1;
    for (const change of changes) document.text = "range" in change ? edited(document.text, [{ range: change.range, newText: change.text }]) : change.text;
    await this.notify("textDocument/didChange", { textDocument: { uri, version: document.version }, contentChanges: changes });
  }

  /** Replaces the first occurrence of a text. */
  async replace(uri: string, what: string, by: string): Promise<void> {
    await this.change(uri, { range: rangeOf(this.text(uri), what), text: by });
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  /** Closes all that is open. */
  async closeAll(): Promise<void> {
    for (const uri of [...this.#documents.keys()]) await this.close(uri);
  }

  /** What has happened on disk, as a client tells it that watches files. */
  async filesChanged(type: FileChangeType, ...uris: readonly string[]): Promise<void> {
    await this.notify("workspace/didChangeWatchedFiles", { changes: uris.map((uri) => ({ uri, type })) });
  }

  report(uri: string, previousResultId?: string, token?: CancellationToken): Promise<DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) }, token);
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.report(uri);
    if (report.kind !== "full") throw new Error("The answer is short, but nothing was said before.");
    return report.items;
  }

  /** The findings as `rule line`, lines counted from 1. */
  async findings(uri: string): Promise<string[]> {
    return short(await this.diagnostics(uri));
  }

  /** The last findings that the server has sent of its own accord. */
  published(uri: string): PublishDiagnosticsParams | undefined {
    return this.notifications.findLast(({ method, params }) => method === "textDocument/publishDiagnostics" && (params as PublishDiagnosticsParams).uri === uri)?.params as PublishDiagnosticsParams | undefined;
  }

  async actions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    return this.request("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics: [], ...context } });
  }

  /** Makes an edit in the client's documents, as an editor does, and tells the server. */
  apply(edit: WorkspaceEdit): void {
    for (const [uri, edits] of editsOf(edit)) {
      for (const { range, newText } of [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character)) void this.change(uri, { range, text: newText });
    }
  }

  statuses(): Status[] {
    return this.notifications.filter(({ method }) => method === "awaitUsing/status").map(({ params }) => params as Status);
  }

  log(): string[] {
    return this.notifications.filter(({ method }) => method === "window/logMessage").map(({ params }) => (params as { message: string }).message);
  }

  debugInformation(): Promise<string> {
    return this.request("awaitUsing/debugInformation");
  }

  /** Asks the server to end; its exit code. */
  async end(): Promise<number | null> {
    await this.request("shutdown");
    await this.notify("exit", undefined);
    return this.exit();
  }

  exit(): Promise<number | null> {
    return this.#exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGKILL");
    await this.#exit;
    this.connection.dispose();
  }

  #document(uri: string): { version: number; text: string } {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

function languageOf(uri: string): string {
  return { ".tsx": "typescriptreact", ".js": "javascript", ".jsx": "javascriptreact" }[path.extname(uri)] ?? "typescript";
}

export function short(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range }) => `${String(code)} ${String(range.start.line + 1)}`);
}

/** The text edits of a workspace edit, by document. */
export function editsOf({ changes = {}, documentChanges = [] }: WorkspaceEdit): readonly (readonly [string, readonly TextEdit[]])[] {
  return [
    ...Object.entries(changes),
    ...documentChanges.flatMap((change) => ("textDocument" in change ? [[change.textDocument.uri, change.edits.map((edit) => ({ range: edit.range, newText: "newText" in edit ? edit.newText : edit.snippet.value }))] as const] : [])),
  ];
}

export function offsetAt(text: string, { character, line }: Position): number {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/gu)].map(({ index, 0: end }) => index + end.length)];
  return Math.min((starts[line] ?? text.length) + character, text.length);
}

export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Where a text occurs first. */
export function rangeOf(text: string, what: string): Range {
  const start = text.indexOf(what);
  if (start === -1) throw new Error(`"${what}" does not occur`);
  return { start: positionAt(text, start), end: positionAt(text, start + what.length) };
}

/** A text after edits that do not touch each other. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .map(({ newText, range }) => ({ newText, start: offsetAt(text, range.start), end: offsetAt(text, range.end) }))
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { end, newText, start }) => changed.slice(0, start) + newText + changed.slice(end), text);
}
