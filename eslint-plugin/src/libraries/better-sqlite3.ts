import { typesOf } from "./types-of.js";

export const betterSqlite3 = typesOf("better-sqlite3", { close: ["Database"] });
