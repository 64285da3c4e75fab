// @ts-check
// Lets tests in the extension host drive the window: each request is a function's source, run here with the page.
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/**
 * @param {string} socket where to listen
 * @param {import("playwright-core").Page} page
 */
export async function serveWindow(socket, page) {
  const server = createServer(async (request, response) => {
    try {
      const { argument, source } = /** @type {{ argument: unknown, source: string }} */ (await json(request));
      const drive = /** @type {(page: unknown, argument: unknown) => unknown} */ (new Function(`return (${source});`)());
      response.end(JSON.stringify({ value: await drive(page, argument) }));
    } catch (error) {
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    }
  });
  server.listen(socket);
  await once(server, "listening");
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
