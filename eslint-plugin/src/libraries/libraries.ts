/** Which libraries have types that are resources without a disposer? */

import type { ResourceType } from "../resource.js";
import { betterSqlite3 } from "./better-sqlite3.js";
import { ioredis } from "./ioredis.js";
import { lumino } from "./lumino.js";
import { pg } from "./pg.js";
import { socketIo } from "./socket.io.js";
import { undici } from "./undici.js";
import { vscode } from "./vscode.js";
import { ws } from "./ws.js";

/**
 * What is known of well-known packages: types that have no disposer and are
 * resources all the same. A user turns them on by name (setting `presets`,
 * LIBRARIES.md "No disposer in the published types").
 */
export const presets: Readonly<Record<string, readonly ResourceType[]>> = {
  "better-sqlite3": betterSqlite3,
  ioredis,
  lumino,
  pg,
  "socket.io": socketIo,
  undici,
  vscode,
  ws,
};
