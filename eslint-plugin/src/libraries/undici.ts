/** Which types of undici are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const undici = typesOf("undici", { close: ["Dispatcher"] });
