// F10: a listening server lives until a listener of its own, a signal or the end of the process closes it.
import express from "express";
import { createServer } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from "node:net";
import { createSocket, type RemoteInfo } from "node:dgram";
import { createInterface } from "node:readline";
import { settled } from "./processes.js";
import { spawn } from "node:child_process";

export function main(port = Number(process.env.PORT ?? 3000)): void {
  const app = express();
  app.get("/", (_req, res) => void res.send("ok"));
  const server = app.listen(port, () => console.log("listening on %d", port));
  server.on("error", (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close());
}

export function metrics(render: () => string, port: number): void {
  createServer((_req, res) => res.setHeader("content-type", "text/plain").end(render()))
    .on("error", (error: NodeJS.ErrnoException) => console.warn("metrics are off: %s", error.code))
    .listen(port, "127.0.0.1")
    .unref();
}

export function chat(port: number, limit: number): TcpServer {
  const members = new Set<Socket>();
  return createTcpServer({ allowHalfOpen: false }, (socket) => {
    socket.on("error", () => socket.destroy());
    if (members.size >= limit) return void socket.end("full\n");
    members.add(socket);
    const reader = createInterface({ input: socket });
    reader.on("line", (line) => {
      for (const other of members) if (other !== socket) other.write(`${line}\n`);
      if (line === "/quit") socket.end();
    });
    socket.once("close", () => {
      members.delete(socket);
      reader.close();
    });
  }).listen(port);
}

export function discover(port: number, onPeer: (from: RemoteInfo) => void): void {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", (message, from) => {
    if (message.toString() === "bye") socket.close();
    else onPeer(from);
  });
  socket.once("error", () => socket.close());
  socket.once("listening", () => socket.setBroadcast(true));
  socket.bind(port);
}

export function repl(evaluate: (line: string) => unknown): void {
  const rl = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  rl.on("line", (line) => {
    if (line === ".exit") return rl.close();
    console.log(evaluate(line));
    rl.prompt();
  }).on("close", () => console.log("bye"));
  rl.prompt();
}

export async function supervise(script: string): Promise<number> {
  const gate = createServer((_req, res) => res.writeHead(503).end());
  const child = spawn(process.execPath, [script], { stdio: "inherit" });
  child.once("close", () => gate.close());
  gate.on("error", () => child.kill()).listen(0);
  return await settled(child);
}
