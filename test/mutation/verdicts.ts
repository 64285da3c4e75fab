// What becomes of each mutant.
import path from "node:path";

import type { Linter } from "eslint";
import type ts from "typescript";

import { errorsIn, lint } from "../../eslint-plugin/tests/support/workspace.js";
import { descendants, omissions, operators, type Replacement } from "./operators.js";
import type { CleanGroup, Subject } from "./programs.js";

/** A clean file with one mistake. */
export interface Mutant {
  readonly operator: string;
  readonly subject: Subject;
  /** The line of the clean text on which the mistake begins, without indentation. */
  readonly code: string;
  readonly text: string;
  readonly same: boolean;
}

/** `same`: it does what the clean file does. `typescript`: it does not type-check. */
export type Verdict = "reported" | "same" | "survives" | "typescript";

export interface Judged {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  /** What TypeScript or the rules say. */
  readonly said: readonly string[];
}

/** Makes every mutant of a group's files, and judges each; throws where a file is not clean to begin with. */
export function judgedMutants(group: CleanGroup): readonly Judged[] {
  const before = group.workspace.program([...group.ambient, ...group.subjects]);
  for (const subject of group.subjects) {
    const wrong = [...errorsIn(before, subject.fileName), ...findings(subject, group, before)];
    if (wrong.length > 0) throw new Error(`${subject.name} is not clean: ${wrong.join("\n")}`);
  }
  const mutants = group.subjects.flatMap((subject) => mutantsOf(subject, before));
  const copies = mutants.map(({ subject, text }, index) => ({ fileName: copyName(subject.fileName, index), text }));
  const after = group.workspace.program([...group.ambient, ...group.subjects, ...copies]);
  return mutants.map((mutant, index) => {
    const copy = copies[index];
    if (copy === undefined) throw new Error("A mutant without its text.");
    return judged(mutant, () => errorsIn(after, copy.fileName), () => findings(copy, group, after));
  });
}

function judged(mutant: Mutant, errors: () => readonly string[], reports: () => readonly string[]): Judged {
  if (mutant.same) return { mutant, verdict: "same", said: [] };
  const refused = errors();
  if (refused.length > 0) return { mutant, verdict: "typescript", said: refused };
  const reported = reports();
  return { mutant, verdict: reported.length > 0 ? "reported" : "survives", said: reported };
}

function mutantsOf(subject: Subject, program: ts.Program): readonly Mutant[] {
  const file = program.getSourceFile(subject.fileName);
  if (file === undefined) throw new Error(`${subject.name} is not in the program`);
  const clean = { file, checker: program.getTypeChecker() };
  return descendants(file).flatMap((node) =>
    Object.entries({ ...operators, ...omissions }).flatMap(([operator, mutate]) => {
      const mutation = mutate(node, clean);
      if (mutation === null) return [];
      return [{ operator, subject, code: lineAt(subject.text, node.getStart(file)), text: applied(subject.text, mutation.edits), same: mutation.same }];
    }),
  );
}

function findings({ fileName, text }: Pick<Subject, "fileName" | "text">, { rules }: CleanGroup, program: ts.Program): readonly string[] {
  return lint({ fileName, text }, rules, program).map(({ line, message, ruleId }: Linter.LintMessage) => `${String(line)} ${String(ruleId)}: ${message}`);
}

/** Beside the clean file, so that its imports are those of the clean file. */
function copyName(fileName: string, index: number): string {
  const { dir, ext, name } = path.parse(fileName);
  return path.join(dir, `${name}~${String(index)}${ext}`);
}

function lineAt(text: string, offset: number): string {
  return (text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n")[0] ?? "").trim();
}

function applied(text: string, edits: readonly Replacement[]): string {
  return [...edits].sort((one, other) => other.start - one.start || other.end - one.end).reduce((rest, { end, start, text: inserted }) => rest.slice(0, start) + inserted + rest.slice(end), text);
}
