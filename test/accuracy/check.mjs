// @ts-check
// Whether the judgements are well-formed: cheap, so part of `npm test`.
import { complaints } from "./judgements.mjs";
import { packages, versionOf } from "./packages.mjs";

const found = complaints(packages.map(({ name }) => name));
for (const { name } of packages) if (!/^\d+\.\d+\.\d+/u.test(versionOf(name))) found.push(`${name}: its version is not pinned`);
for (const complaint of found) console.log(complaint);
process.exitCode = found.length === 0 ? 0 : 1;
