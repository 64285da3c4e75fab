// F03: servers, sockets, requests and replies of Node and Express are configured in chains of statements.
import express, { type Request, type Response, type Router } from "express";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { type AddressInfo, type Socket } from "node:net";

function reply(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function tuneSocket(socket: Socket): void {
  socket.setNoDelay().setKeepAlive(true, 10_000);
  socket.setTimeout(5_000).once("timeout", () => socket.destroy());
  if (socket.remoteFamily === "IPv6") socket.ref();
}

export function handle(req: IncomingMessage, res: ServerResponse): void {
  const parts: string[] = [];
  req.setEncoding("utf8");
  req.setTimeout(10_000, () => res.destroy());
  req
    .on("data", (part: string) => parts.push(part))
    .on("end", () => reply(res, 200, { length: parts.join("").length }))
    .on("error", (error) => reply(res, 400, { error: error.message }));
}

export class Edge {
  readonly #server = new Server({ keepAliveTimeout: 5_000 }, handle);

  async start(port = 0): Promise<number> {
    this.#server.setMaxListeners(0).on("connection", tuneSocket).on("clientError", (_e, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen(port, "127.0.0.1", resolve).unref();
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeIdleConnections();
    await this.#server[Symbol.asyncDispose]();
  }
}

export function routes(router: Router, users: ReadonlyMap<string, { name: string }>): Router {
  router
    .get("/users/:id", (req: Request, res: Response) => {
      const user = users.get(String(req.params.id));
      if (!user) return res.status(404).json({ error: "no such user" });
      return res.set("cache-control", "no-store").type("json").send(user);
    })
    .head("/users/:id", (req, res) => {
      const known = users.has(req.params.id!);
      res.status(known ? 200 : 404);
      res.vary("accept").end();
    });
  router.use((_req, res) => void res.format({ json: () => res.json({}), default: () => res.sendStatus(406) }));
  return router;
}

export const app = express().disable("x-powered-by").set("trust proxy", 1);
app.use(express.json()).use("/v1", routes(express.Router(), new Map()));
