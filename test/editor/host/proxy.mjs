// @ts-check
// Stands in front of the server and changes the options that its page gives to the workbench. Everything else,
// WebSockets too, passes through, unless something else is asked for.
import { once } from "node:events";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

const options = /(?<=<meta id="vscode-workbench-web-configuration" data-settings=")[^"]*(?=")/u;

/**
 * @typedef {{
 *   serve?: (incoming: import("node:http").IncomingMessage, outgoing: import("node:http").ServerResponse) => boolean,
 *   script?: (code: string) => string,
 * }} More `serve` answers what the server has no answer to; `script` changes the code of the workbench
 *
 * @param {number} target the server's port
 * @param {(options: any, authority: string) => unknown} change
 * @param {More} [more]
 */
export async function startProxy(target, change, { script, serve } = {}) {
  const to = { host: "127.0.0.1", port: target };
  const proxy = createServer((incoming, outgoing) => {
    if (serve?.(incoming, outgoing) === true) return;
    const headers = { ...incoming.headers, "accept-encoding": "identity" };
    const forwarded = request({ ...to, method: incoming.method, path: incoming.url, headers }, async (response) => {
      const { statusCode = 502 } = response;
      const isPage = response.headers["content-type"]?.startsWith("text/html") === true;
      const isScript = script !== undefined && incoming.url?.split("?")[0]?.endsWith("/workbench/workbench.js") === true;
      if (statusCode !== 200 || !(isPage || isScript)) {
        outgoing.writeHead(statusCode, response.headers);
        response.pipe(outgoing);
        return;
      }
      const before = await text(response);
      const after = isScript ? script(before) : before.replace(options, (settings) => escaped(JSON.stringify(change(JSON.parse(unescaped(settings)), incoming.headers.host ?? ""))));
      const { "content-length": _, ...rest } = response.headers;
      outgoing.writeHead(statusCode, rest);
      outgoing.end(after);
    });
    forwarded.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  proxy.on("upgrade", (incoming, socket, head) => {
    const server = connect(to, () => {
      const headers = Array.from({ length: incoming.rawHeaders.length / 2 }, (_, index) => `${incoming.rawHeaders[2 * index]}: ${incoming.rawHeaders[2 * index + 1]}\r\n`);
      server.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
      server.write(head);
      server.pipe(socket).pipe(server);
    });
    server.on("error", () => socket.destroy());
    socket.on("error", () => server.destroy());
    socket.on("close", () => server.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  return {
    port,
    stop: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

/** @param {string} attribute */
const unescaped = (attribute) => attribute.replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** @param {string} value */
const escaped = (value) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
