import { typesOf } from "./types-of.js";

export const ws = typesOf("ws", { close: ["Server", "WebSocket"] });
