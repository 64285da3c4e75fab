/** Which types of ws are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const ws = typesOf("ws", { close: ["Server", "WebSocket"] });
