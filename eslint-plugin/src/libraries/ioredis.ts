import { typesOf } from "./types-of.js";

export const ioredis = typesOf("ioredis", { quit: ["Cluster", "Redis"] });
