import path from "node:path";

import { describe, expect, it } from "vitest";

import { presets } from "../src/libraries/libraries.js";
import { lint, projectAt, strict, Workspace } from "./support/workspace.js";

const fixtures = path.join(import.meta.dirname, "fixtures");
const workspace = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);

/** The rules that report on some code where these presets are on, and what the first of them says to write. */
function reported(text: string, names: readonly string[]): { readonly rules: readonly string[]; readonly says: string } {
  const source = { fileName: path.join(fixtures, "file.ts"), text };
  const program = workspace.program([path.join(fixtures, "resources.d.ts"), source]);
  const found = lint(source, strict, program, { "await-using": { presets: names } });
  return { rules: found.map(({ fatal, message, ruleId }) => (fatal === true ? message : String(ruleId).replace("await-using/", ""))), says: found[0]?.message ?? "" };
}

const leaks = [
  ["better-sqlite3", "a database", 'import Database from "better-sqlite3"; export function f() { const db = new Database("a.db"); db.exec("VACUUM"); }', "require-using", "db.close()"],
  ["better-sqlite3", "a database that an early return leaves", 'import Database from "better-sqlite3"; export function f(all: string[]) { const db = new Database("a.db"); if (all.length === 0) return; db.close(); }', "no-leak-on-path", "db.close()"],
  ["ioredis", "a connection", 'import { Redis } from "ioredis"; export async function f() { const redis = new Redis(); return await redis.get("key"); }', "require-using", "await redis.quit()"],
  ["ioredis", "a connection whose end nobody awaits", 'import { Redis } from "ioredis"; export async function f() { const redis = new Redis(); try { await redis.get("key"); } finally { redis.quit(); } }', "no-floating-dispose", "await redis.quit()"],
  ["lumino", "a disposable", 'import { DisposableDelegate } from "@lumino/disposable"; export function f() { const handle = new DisposableDelegate(step); void handle; }', "require-using", "handle.dispose()"],
  ["pg", "a client of a pool", 'import { Pool } from "pg"; export async function f(pool: Pool) { const client = await pool.connect(); return await client.query("SELECT 1"); }', "require-using", "client.release()"],
  ["pg", "a client of a pool that an error keeps", 'import { Pool } from "pg"; export async function f(pool: Pool) { const client = await pool.connect(); await client.query("SELECT 1"); client.release(); }', "no-leak-on-throw", "client.release()"],
  ["pg", "a client of its own", 'import { Client } from "pg"; export async function f() { const client = new Client(); await client.connect(); return await client.query("SELECT 1"); }', "require-using", "await client.end()"],
  ["socket.io", "a server", 'import { Server } from "socket.io"; export async function f() { const io = new Server(); return await io.fetchSockets(); }', "require-using", "await io.close()"],
  ["undici", "a client", 'import { Client } from "undici"; export async function f() { const client = new Client("http://a"); await client.request({ path: "/", method: "GET" }); }', "require-using", "await client.close()"],
  ["undici", "an agent", 'import { Agent } from "undici"; export async function f() { const dispatcher = new Agent(); return await dispatcher.request({ origin: "http://a", path: "/", method: "GET" }); }', "require-using", "await dispatcher.close()"],
  ["vscode", "a disposable", 'import * as vscode from "vscode"; export function f() { const handle = new vscode.Disposable(step); void handle; }', "require-using", "handle.dispose()"],
  ["vscode", "what extends Disposable", 'import * as vscode from "vscode"; export async function f() { const watcher = vscode.workspace.createFileSystemWatcher("**"); await work(); return watcher.ignoreCreateEvents; }', "require-using", "watcher.dispose()"],
  ["vscode", "a channel", 'import * as vscode from "vscode"; export function f() { const channel = vscode.window.createOutputChannel("a"); channel.appendLine("b"); }', "require-using", "channel.dispose()"],
  ["ws", "a server", 'import { WebSocketServer } from "ws"; export async function f() { const server = new WebSocketServer({ port: 1 }); await work(); return server.clients.size; }', "require-using", "server.close()"],
] as const;

const silent = [
  ["ioredis", "a connection that is ended", 'import { Redis } from "ioredis"; export async function f() { const redis = new Redis(); try { return await redis.get("key"); } finally { await redis.quit(); } }'],
  ["ioredis", "a connection that is cut off", 'import { Redis } from "ioredis"; export async function f() { const redis = new Redis(); try { return await redis.get("key"); } finally { redis.disconnect(); } }'],
  ["lumino", "a set that keeps it", 'import { DisposableDelegate, DisposableSet } from "@lumino/disposable"; export function f(all: DisposableSet) { const handle = new DisposableDelegate(step); all.add(handle); }'],
  ["pg", "a query of a pool", 'import { Pool } from "pg"; export async function f(pool: Pool) { return await pool.query("SELECT 1"); }'],
  ["pg", "a client that is given back", 'import { Pool } from "pg"; export async function f(pool: Pool) { const client = await pool.connect(); try { return await client.query("SELECT 1"); } finally { client.release(); } }'],
  ["pg", "a pool of a module", 'import { Pool } from "pg"; export const pool = new Pool();'],
  ["socket.io", "a server that listens", 'import { Server } from "socket.io"; export function main() { const io = new Server(); io.on("connection", () => { step(); }); io.listen(3000); }'],
  ["undici", "an agent that is handed on", 'import { Agent, setGlobalDispatcher } from "undici"; export function f() { setGlobalDispatcher(new Agent()); }'],
  ["vscode", "what a context keeps", 'import * as vscode from "vscode"; export function activate(context: vscode.ExtensionContext) { const channel = vscode.window.createOutputChannel("a"); context.subscriptions.push(channel); channel.appendLine("b"); }'],
  ["vscode", "a registration that a context keeps", 'import * as vscode from "vscode"; export function activate(context: vscode.ExtensionContext) { context.subscriptions.push(vscode.commands.registerCommand("a", step), vscode.workspace.onDidSaveTextDocument(step)); }'],
  ["vscode", "a terminal, which its user closes", 'import * as vscode from "vscode"; export function f() { const terminal = vscode.window.createTerminal("a"); terminal.show(); }'],
  ["vscode", "a field", 'import * as vscode from "vscode"; export class View { readonly #changed = new vscode.EventEmitter<void>(); readonly onChanged = this.#changed.event; dispose() { this.#changed.dispose(); } }'],
  ["ws", "a socket that its listeners finish", 'import { WebSocket } from "ws"; export function f() { const socket = new WebSocket("ws://a"); socket.on("open", () => { socket.send("a"); socket.close(); }); }'],
  ["ws", "a server that listens", 'import { WebSocketServer } from "ws"; export function main() { const server = new WebSocketServer({ port: 1 }); server.on("connection", step); }'],
] as const;

describe("presets", () => {
  it.each(leaks)("%s: %s", (preset, _, code, rule, written) => {
    expect(reported(code, []).rules).toEqual([]);
    const { rules, says } = reported(code, [preset]);
    expect(rules).toEqual([rule]);
    expect(says).toContain(`\`${written}\``);
  });

  it.each(silent)("%s: silent about %s", (preset, _, code) => {
    expect(reported(code, [preset]).rules).toEqual([]);
  });

  it("are all tested", () => {
    expect([...new Set(leaks.map(([preset]) => preset))].sort()).toEqual(Object.keys(presets).sort());
  });
});
