import { typesOf } from "./types-of.js";

export const socketIo = typesOf("socket.io", { close: ["Server"] });
