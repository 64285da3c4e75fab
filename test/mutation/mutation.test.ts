import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { withSection } from "../../tools/section.mjs";
import { omissions, operators } from "./operators.js";
import { cleanGroups } from "./programs.js";
import { counted, foundOf, printed, shareOf, shareIn, tableOf } from "./table.js";
import { judgedMutants, type Judged } from "./verdicts.js";

/** Survivors that have been looked at, by what lets them through. */
interface Reason {
  readonly reason: string;
  /** They do what the clean code does. */
  readonly same?: true;
  readonly mutants: readonly { readonly operator: string; readonly file: string; readonly code: string }[];
}

const page = path.join(import.meta.dirname, "README.md");
const markers = { begin: "<!-- begin generated table (npm run mutation) -->", end: "<!-- end generated table -->" };
const reasons = JSON.parse(readFileSync(path.join(import.meta.dirname, "survivors.json"), "utf8")) as readonly Reason[];
const named = ({ code, file, operator }: Reason["mutants"][number]): string => `${operator} · ${file} · ${code}`;
const survivorName = ({ mutant: { code, operator, subject } }: Judged): string => named({ operator, file: subject.name, code });

let judged: readonly Judged[] = [];
beforeAll(() => {
  const same = new Set(reasons.flatMap((reason) => (reason.same === true ? reason.mutants.map(named) : [])));
  judged = cleanGroups().flatMap(judgedMutants).map((each) => (each.verdict === "survives" && same.has(survivorName(each)) ? { ...each, verdict: "same" } : each));
  console.log(printed(judged));
  if (process.env["MUTATION"] === "write") writeFileSync(page, withSection(readFileSync(page, "utf8"), markers, tableOf(judged)));
});

describe("mutants of clean code", () => {
  it("are made by every operator", () => {
    expect(Object.keys({ ...operators, ...omissions }).filter((operator) => !judged.some(({ mutant }) => mutant.operator === operator))).toEqual([]);
  });

  it("are reported, no fewer than the page says", () => {
    expect(shareOf(counted(judged))).toBeGreaterThanOrEqual(shareIn(readFileSync(page, "utf8")));
  });

  it("are reported by the rules or by TypeScript, nine out of ten", () => {
    expect(foundOf(counted(judged))).toBeGreaterThanOrEqual(0.9);
  });

  it("that survive have a reason each", () => {
    const known = new Set(reasons.flatMap(({ mutants }) => mutants.map(named)));
    expect(counted(judged).filter(({ verdict }) => verdict === "survives").map(survivorName).filter((name) => !known.has(name))).toEqual([]);
  });

  it("that are reported by now have no reason to survive any more", () => {
    const surviving = new Set(counted(judged).filter(({ verdict }) => verdict === "survives" || verdict === "same").map(survivorName));
    expect(reasons.flatMap(({ mutants }) => mutants.map(named)).filter((name) => !surviving.has(name))).toEqual([]);
  });
});
