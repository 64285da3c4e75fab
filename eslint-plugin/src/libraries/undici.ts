import { typesOf } from "./types-of.js";

export const undici = typesOf("undici", { close: ["Dispatcher"] });
