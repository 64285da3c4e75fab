// The figures, by kind of mistake.
import { omissions, operators } from "./operators.js";
import type { Judged, Verdict } from "./verdicts.js";

const verdicts: readonly Verdict[] = ["same", "typescript", "reported", "survives"];

/** Of the mutants that do something else and type-check, the share that is reported. */
export function shareOf(judged: readonly Judged[]): number {
  const [, , reported = 0, survives = 0] = countsOf(judged);
  return reported / (reported + survives);
}

/** Of the mutants that do something else, the share that the rules or TypeScript report. */
export function foundOf(judged: readonly Judged[]): number {
  const [, typescript = 0, reported = 0, survives = 0] = countsOf(judged);
  return (typescript + reported) / (typescript + reported + survives);
}

/** The mutants for which a figure is promised. */
export function counted(judged: readonly Judged[]): readonly Judged[] {
  return judged.filter(({ mutant }) => mutant.operator in operators);
}

/** A table in Markdown, one row an operator, the last for all of them. */
export function tableOf(judged: readonly Judged[]): string {
  const row = (name: string, those: readonly Judged[]): string => `| ${[name, those.length, ...countsOf(those), percent(shareOf(those))].join(" | ")} |`;
  const rowOf = (operator: string): string => row(operator, judged.filter(({ mutant }) => mutant.operator === operator));
  return [
    "| what is dropped or changed | mutants | do the same | refused by TypeScript | reported by `strict` | survive | share reported |",
    "| --- | --: | --: | --: | --: | --: | --: |",
    ...Object.keys(operators).map(rowOf),
    row("**all**", counted(judged)),
    ...Object.keys(omissions).map(rowOf).map((each) => each.replace("| ", "| not counted: ")),
    "",
    `TypeScript or \`strict\` report ${percent(foundOf(counted(judged)))} of those that do something else.`,
  ].join("\n");
}

/** The share that a page with the table claims for all. */
export function shareIn(page: string): number {
  return Number(/^\| \*\*all\*\* .* (?<share>[\d.]+) % \|$/mu.exec(page)?.groups?.["share"]) / 100;
}

/** The table, and every survivor. */
export function printed(judged: readonly Judged[]): string {
  const survivors = judged.filter(({ verdict }) => verdict === "survives");
  return [tableOf(judged), "", ...survivors.map(({ mutant: { code, operator, subject } }) => `survives: ${operator}  ${subject.name}: ${code}`)].join("\n");
}

function countsOf(judged: readonly Judged[]): readonly number[] {
  return verdicts.map((verdict) => judged.filter((each) => each.verdict === verdict).length);
}

function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
