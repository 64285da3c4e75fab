import { fastify, type FastifyInstance } from "fastify";

export function buildApp(version: string): FastifyInstance {
  const app = fastify({ logger: false });
  app.get("/health", async () => ({ status: "ok", version }));
  return app;
}
