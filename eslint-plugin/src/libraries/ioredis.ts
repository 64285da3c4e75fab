/** Which types of ioredis are resources without a disposer? */

import { typesOf } from "./types-of.js";

export const ioredis = typesOf("ioredis", { quit: ["Cluster", "Redis"] });
