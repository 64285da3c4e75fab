import { buildApp } from "./lib-app.js";

/** The status of a route, without a network. */
export async function probe(url: string): Promise<number> {
  await using app = buildApp("test");
  await app.ready();
  const response = await app.inject({ method: "GET", url });
  return response.statusCode;
}

/** Serves until the signal aborts. */
export async function serve(port: number, signal: AbortSignal): Promise<void> {
  await using app = buildApp("live");
  await app.listen({ port, host: "127.0.0.1" });
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}
