// F03: a Fastify instance returns itself under a declared type, often one that is thenable as well.
import type { FastifyInstance, FastifyPluginAsync, FastifyTypeProviderDefault } from "fastify";
import { publish } from "./publisher.js";

interface PublishOptions {
  target: string;
  token?: string;
}

declare module "fastify" {
  interface FastifyInstance {
    publish(body: string): Promise<number>;
  }
}

export const publishing: FastifyPluginAsync<PublishOptions> = async (app, { target, token }) => {
  app.decorate("publish", (body: string) => publish(new URL(target), [body], token));
  app.decorateRequest("startedAt", 0);
  app.addHook("onRequest", async (req) => {
    req.log.debug({ url: req.url }, "request");
  });
};

export const routes: FastifyPluginAsync = async (app) => {
  const typed = app.withTypeProvider<FastifyTypeProviderDefault>();
  typed
    .get("/health", async () => ({ ok: true }))
    .post<{ Body: { text: string } }>("/messages", async (req, reply) => {
      const sent = await app.publish(req.body.text);
      return reply.code(202).header("x-sent", String(sent)).send({ sent });
    });
  app.get("/ready", { logLevel: "warn" }, (_req, reply) => {
    reply.code(app.server.listening ? 200 : 503).send();
  });
  app.setNotFoundHandler((req, reply) => reply.code(404).send({ path: req.url }));
  if (process.env.NODE_ENV !== "production") app.get("/routes", () => app.printRoutes());
};

export async function install(app: FastifyInstance, options: PublishOptions): Promise<void> {
  await app.register(publishing, options);
  app.register(routes, { prefix: "/v1" });
  app.setErrorHandler((error, _req, reply) => {
    reply.log.error(error);
    return reply.send(error);
  });
  app.addSchema({ $id: "message", type: "object", properties: { text: { type: "string" } } });
  app.after(() => app.log.info("registered"));
  await app.after();
  await app.ready();
}

export const withHealth = (app: FastifyInstance) => app.get("/healthz", async () => "ok").get("/livez", async () => "ok");
