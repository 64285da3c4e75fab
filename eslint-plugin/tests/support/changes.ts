import path from "node:path";

import type { Linter } from "eslint";
import type ts from "typescript";

import { errorsIn, lint, strict, type SourceText, type Workspace } from "./workspace.js";

/** A file whose findings offer changes. */
export interface Subject {
  readonly source: SourceText;
  /** What names the file in a test. */
  readonly title: string;
  readonly rules?: Linter.RulesRecord;
  readonly settings?: NonNullable<Linter.Config["settings"]>;
}

/** Files that are type-checked together. */
export interface Group {
  readonly name: string;
  /** Files on disk that the subjects need without importing them. */
  readonly ambient: readonly string[];
  readonly subjects: readonly Subject[];
  /** Whether subjects import each other, so that a change in one can break another. */
  readonly linked: boolean;
  /** `null` to lint without types; then nothing is type-checked. */
  readonly workspace: Workspace | null;
}

/** A suggestion or a fix, applied alone. */
export interface Change {
  readonly finding: Pick<Linter.LintMessage, "line" | "message" | "ruleId">;
  readonly subject: Subject;
  readonly text: string;
  /** What names the change in a test. */
  readonly title: string;
}

/** The findings and the TypeScript errors of some text; the file name does not show in them. */
interface State {
  readonly errors: readonly string[];
  readonly findings: readonly string[];
  readonly refused: string | null;
}

/** Every change that the findings in a group offer. */
export function changesIn(group: Group): readonly Change[] {
  const program = programOf(group, group.subjects.map(({ source }) => source));
  return group.subjects.flatMap((subject) =>
    lint(subject.source, subject.rules ?? strict, program, subject.settings).flatMap((finding) => {
      const offers = [
        ...(finding.fix === undefined ? [] : [{ desc: "fix", fix: finding.fix }]),
        ...(finding.suggestions ?? []),
      ];
      const rule = String(finding.ruleId).replace("await-using/", "");
      return offers.map(({ desc, fix }) => ({
        finding,
        subject,
        text: subject.source.text.slice(0, fix.range[0]) + fix.text + subject.source.text.slice(fix.range[1]),
        title: `${subject.title}:${String(finding.line)} ${rule}: ${desc}`,
      }));
    }),
  );
}

/**
 * What is wrong with each change: it does not parse, brings a TypeScript error,
 * leaves the finding, or brings another.
 *
 * @returns one list a change, in their order; empty where the change is safe
 */
export function problemsOf(group: Group, changes: readonly Change[]): readonly (readonly string[])[] {
  const originals = group.subjects.map(({ source }) => source);
  const before = programOf(group, originals);
  const states = new Map(group.subjects.map((subject) => [subject, stateOf(subject, subject.source, before)]));

  if (!group.linked) {
    const copies = changes.map(({ subject, text }, index) => ({ fileName: copyName(subject.source.fileName, index), text }));
    const after = programOf(group, [...originals, ...copies]);
    return changes.map((change, index) => {
      const copy = copies[index];
      const state = states.get(change.subject);
      if (copy === undefined || state === undefined) throw new Error("A change without its text or its subject.");
      return compared(change, state, stateOf(change.subject, copy, after));
    });
  }
  return changes.map((change) => {
    const changed = group.subjects.map((subject) => ({ subject, source: subject === change.subject ? { ...subject.source, text: change.text } : subject.source }));
    const after = programOf(group, changed.map(({ source }) => source), before);
    return changed.flatMap(({ subject, source }) => {
      const state = states.get(subject);
      if (state === undefined) throw new Error("A subject without its state.");
      const now = stateOf(subject, source, after);
      return subject === change.subject ? compared(change, state, now) : news(state, now).map((problem) => `${subject.title}: ${problem}`);
    });
  });
}

function programOf({ ambient, workspace }: Group, files: readonly SourceText[], previous?: ts.Program | null): ts.Program | null {
  return workspace?.program([...ambient, ...files], previous ?? undefined) ?? null;
}

function copyName(fileName: string, index: number): string {
  const { dir, ext, name } = path.parse(fileName);
  return path.join(dir, `${name}~${String(index)}${ext}`);
}

function stateOf(subject: Subject, source: SourceText, program: ts.Program | null): State {
  const messages = lint(source, subject.rules ?? strict, program, subject.settings);
  const { name } = path.parse(subject.source.fileName);
  return {
    errors: program === null ? [] : errorsIn(program, source.fileName).map((error) => error.replaceAll(path.parse(source.fileName).name, name)),
    findings: messages.map(findingText),
    refused: messages.find(({ fatal }) => fatal === true)?.message ?? null,
  };
}

function findingText({ message, ruleId }: Pick<Linter.LintMessage, "message" | "ruleId">): string {
  return `${String(ruleId)}: ${message.replace(/\bline \d+/gu, "line …")}`;
}

function compared({ finding }: Change, before: State, after: State): readonly string[] {
  const text = findingText(finding);
  const count = ({ findings }: State): number => findings.filter((each) => each === text).length;
  const stays = after.refused === null && count(after) === count(before) ? [`the finding stays: ${text}`] : [];
  return [...stays, ...news(before, after).filter((problem) => !isNextStep(finding, problem))];
}

/** Once a bug is fixed, what is right by then may be written better: that is offered next, and no harm. */
function isNextStep({ ruleId }: Pick<Linter.LintMessage, "ruleId">, problem: string): boolean {
  return problem.startsWith("new finding: await-using/prefer-") && ruleId?.startsWith("await-using/prefer-") !== true;
}

function news(before: State, after: State): readonly string[] {
  if (after.refused !== null) return [`does not parse: ${after.refused}`];
  return [
    ...added(before.errors, after.errors).map((error) => `new error: ${error}`),
    ...added(before.findings, after.findings).map((finding) => `new finding: ${finding}`),
  ];
}

/** What a second list has more than a first, each as often as it is more. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const open = [...before];
  return after.filter((each) => {
    const index = open.indexOf(each);
    if (index !== -1) open.splice(index, 1);
    return index === -1;
  });
}
