/** Which types of better-sqlite3 are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const betterSqlite3 = typesOf("better-sqlite3", { close: ["Database"] });
