/** Which types of @lumino/disposable are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const lumino = typesOf("@lumino/disposable", { dispose: ["IDisposable"] });
