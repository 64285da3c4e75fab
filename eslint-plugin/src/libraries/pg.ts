/** Which types of pg are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const pg = typesOf("pg", { end: ["Client", "Pool"], release: ["PoolClient"] });
