// @ts-check
// Whether the judgements are well-formed: cheap, so part of `npm test`.
import { complaints } from "./judgements.mjs";
import { versionOf } from "./packages.mjs";
import { sets } from "./sets.mjs";

const names = Object.values(sets).flat().map(({ name }) => name);
const found = complaints(names);
for (const name of names) if (!/^\d+\.\d+\.\d+/u.test(versionOf(name))) found.push(`${name}: its version is not pinned`);
for (const complaint of found) console.log(complaint);
process.exitCode = found.length === 0 ? 0 : 1;
