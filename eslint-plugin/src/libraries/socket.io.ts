/** Which types of socket.io are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const socketIo = typesOf("socket.io", { close: ["Server"] });
