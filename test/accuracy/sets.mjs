// @ts-check
import { drawn } from "./drawn.mjs";
import { packages } from "./packages.mjs";
import { tools } from "./tools.mjs";
import { users } from "./users.mjs";

/** All that is linted, by the titles of the report. @type {Readonly<Record<string, readonly import("./packages.mjs").Package[]>>} */
export const sets = { "Chosen": packages, "Users of `using`": users, "Drawn by lot": drawn, "Tools": tools };
