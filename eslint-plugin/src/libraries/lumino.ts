import { typesOf } from "./types-of.js";

export const lumino = typesOf("@lumino/disposable", { dispose: ["IDisposable"] });
