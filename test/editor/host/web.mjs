// @ts-check
// A workbench without a remote extension host: as in VS Code for the Web, the only one is a worker of the browser.
import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";

import { settingsDefaults } from "./defaults.mjs";
import { startProxy } from "./proxy.mjs";
import { startServer } from "./server.mjs";

const types = { ".cjs": "text/javascript", ".js": "text/javascript", ".json": "application/json" };

/** The server only looks for tests inside of an extension. */
const testsName = "__tests.cjs";

/**
 * @param {{
 *   version: import("./versions.mjs").Version,
 *   profile: import("./profile.mjs").Profile,
 *   log: NodeJS.WritableStream,
 *   extensions: readonly string[],
 *   tests: string,
 *   onReport: (report: any) => void,
 * }} options `tests` is a module in one file, for a browser; `onReport` is given what it posts to `/__report`
 */
export async function startWebWorkbench({ version, profile, log, extensions, tests, onReport }) {
  const server = await startServer({ version, profile, log, trust: "granted" });
  const proxy = await startProxy(
    server.port,
    ({ remoteAuthority: _, folderUri, workspaceUri, ...options }, authority) => ({
      ...options,
      configurationDefaults: { ...options.configurationDefaults, ...settingsDefaults },
      developmentOptions: {
        ...options.developmentOptions,
        extensions: extensions.map((_folder, index) => ({ scheme: "http", authority, path: `/__extension/${index}` })),
        extensionTestsPath: { scheme: "http", authority, path: `/__extension/0/${testsName}` },
      },
    }),
    {
      script: withoutRemote,
      serve(incoming, outgoing) {
        const { pathname } = new URL(incoming.url ?? "/", "http://localhost");
        if (pathname === "/__report") {
          void text(incoming).then((report) => {
            onReport(JSON.parse(report));
            outgoing.end();
          });
          return true;
        }
        const { index, name = "" } = /^\/__extension\/(?<index>\d+)\/(?<name>.*)$/u.exec(decodeURIComponent(pathname))?.groups ?? {};
        if (index === undefined) return false;
        // Older versions add an ending.
        const file = name.replace(/(?<=\.cjs)\.js$/u, "") === testsName ? tests : path.join(extensions[Number(index)] ?? "", name);
        if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) {
          outgoing.writeHead(200, { "content-type": /** @type {Record<string, string>} */ (types)[path.extname(file)] ?? "text/plain" });
          createReadStream(file).pipe(outgoing);
        } else {
          outgoing.writeHead(404).end();
        }
        return true;
      },
    },
  );
  const stop = async () => {
    proxy.stop();
    await server.stop();
  };
  const query = new URLSearchParams({ tkn: server.token, ew: "true", payload: JSON.stringify([["skipWelcome", "true"]]) });
  return { url: `http://127.0.0.1:${proxy.port}/?${query}`, exited: server.exited, stop };
}

/** Takes back what code-server changes: that its server is always the remote one, which also keeps the user's data. @param {string} code */
function withoutRemote(code) {
  const changes = /** @type {const} */ ([
    [/,remoteAuthority:location\.host\}/u, "}"],
    [/(?<=get userRoamingDataHome\(\)\{return )\w+\((?<file>\w+\.file)\(this\.userDataPath\)\.with\(\{scheme:(?<schemes>\w+)\.vscodeRemote\}\),"User"\)/u, '$<file>("/User").with({scheme:$<schemes>.vscodeUserData})'],
  ]);
  return changes.reduce((changed, [what, by]) => {
    if (!what.test(changed)) throw new Error(`This workbench has no ${what.source}: its connection to a server cannot be taken away.`);
    return changed.replace(what, by);
  }, code);
}
