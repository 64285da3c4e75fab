import { threadId } from "node:worker_threads";

import * as parser from "@typescript-eslint/parser";
import { codeIn, settingsOf, type Code, type Parser } from "eslint-plugin-await-using/editor";
import ts from "typescript";

import { compilerFixes } from "../actions/compiler-fix.js";
import { managerHelper } from "../actions/manager-helper.js";
import { refactorings } from "../actions/refactorings.js";
import { compatibleEdits } from "../actions/select.js";
import { choose } from "../config/choose.js";
import type { Chosen, Preferences, WorkspaceAnswer } from "../config/messages.js";
import { sourcesOf } from "../config/sources.js";
import type { Edit } from "../finding.js";
import { applied, positions, smallest } from "../text.js";
import { answerQuestions, type Enter } from "../threads/answer.js";
import type { Answer, Ask } from "../threads/questions.js";
import { openBuffers } from "./buffers.js";
import { hintsIn } from "./hints.js";
import { hoverAt } from "./hover.js";
import { lint } from "./lint.js";
import type { AnalysisProtocol, Checked } from "./messages.js";
import { knownNames } from "./names.js";
import { pluginFor } from "./plugin.js";
import { openProjects } from "./projects.js";
import { ruleTexts } from "./rule-texts.js";

/** Milliseconds after which a project without open files is let go. */
const idleProjects = 5 * 60_000;

const names = knownNames();
const buffers = openBuffers(names);
const projects = openProjects(buffers, names);
let preferences: Preferences = { config: "recommended", useWorkspaceConfig: "auto", rules: {} };
let memory = 3072;
/** The vocabulary that the newest check of an open file used. */
const settings = new Map<string, Chosen["settings"]>();

async function configured(answer: WorkspaceAnswer): Promise<{ readonly chosen: Chosen; readonly plugin: object }> {
  const chosen = choose(answer, preferences);
  const { plugin, problem } = await pluginFor(chosen.pluginFrom);
  return { chosen: { ...chosen, problem: chosen.problem ?? problem }, plugin };
}

async function check({ fileName, previous, workspace }: Ask<AnalysisProtocol, "check">, enter: Enter): Promise<Checked | "unchanged"> {
  const { chosen, plugin } = await configured(workspace);
  makeRoom();
  const buffer = buffers.get(fileName);
  enter("program", fileName);
  const project = chosen.untyped === null ? projects.of(fileName) : null;
  const resultId = [threadId, JSON.stringify(chosen), project?.tsconfig.file, project?.version(), buffers.version(fileName)].join(" ");
  if (resultId === previous) return "unchanged";
  const program = project?.program() ?? null;
  const text = program === null ? (buffer?.text ?? ts.sys.readFile(fileName)) : program.getSourceFile(fileName)?.text;
  const account = { config: chosen.source, tsconfig: project?.tsconfig.file ?? null, typescript: ts.version };
  const version = buffer?.version ?? 0;
  if (text === undefined) return { version, resultId, findings: [], account: { ...account, rules: [], suppressed: 0, milliseconds: 0, problem: "TypeScript's program does not hold this file." } };
  enter("linting", fileName);
  const started = performance.now();
  const { findings, problem, suppressed, times } = lint({ fileName, text, program, chosen, plugin });
  const milliseconds = performance.now() - started;
  if (buffer !== undefined) settings.set(fileName, chosen.settings);
  const rules = Object.entries(times).map(([name, time]) => ({ name, milliseconds: time, findings: findings.filter(({ ruleId }) => ruleId === name).length }));
  return { version, resultId, findings, account: { ...account, rules, suppressed, milliseconds, problem: chosen.problem ?? project?.tsconfig.errors[0] ?? problem } };
}

/** Makes the preferred changes pass after pass, on a text that only the analysis sees, so that changes that touch each other all get their turn. */
async function fixAll({ fileName, milliseconds, rule, workspace }: Ask<AnalysisProtocol, "fixAll">, enter: Enter): Promise<Answer<AnalysisProtocol, "fixAll">> {
  const started = performance.now();
  const { chosen, plugin } = await configured(workspace);
  const buffer = buffers.get(fileName);
  if (buffer === undefined) return { version: 0, edits: [] };
  let text = buffer.text;
  let first: readonly Edit[] = [];
  let passes = 0;
  try {
    while (passes < 20 && performance.now() - started < milliseconds) {
      enter("program", fileName);
      const program = chosen.untyped === null ? projects.of(fileName).program() : null;
      enter("linting", fileName);
      const { findings } = lint({ fileName, text, program, chosen, plugin });
      const edits = compatibleEdits(findings.filter((finding) => rule === null || finding.rule === rule));
      if (edits.length === 0) break;
      if (passes === 0) first = edits;
      passes += 1;
      text = applied(text, edits);
      buffers.open({ ...buffer, text });
    }
    return { version: buffer.version, edits: passes < 2 ? first : whole(buffer.text, text) };
  } finally {
    if (passes > 0) buffers.open(buffer);
  }
}

function whole(before: string, after: string): readonly Edit[] {
  return before === after ? [] : [smallest(before, 0, before.length, after, positions(before))];
}

/** Lets the project go that was not used for longest, before the heap is full. */
function makeRoom(): void {
  const limit = memory * 1024 * 1024 * 0.75;
  // One at a time: what is let go counts until the garbage is collected.
  if (process.memoryUsage().heapUsed > limit) projects.dropOne();
}

// What nobody works on any more does not keep its memory.
setInterval(() => {
  projects.dropUnusedSince(Date.now() - idleProjects);
}, 60_000).unref();

/** A file with its types for the questions that no rule answers; `null` while it does not parse. */
function codeOf(program: ts.Program, fileName: string): Code | null {
  return codeIn(program, fileName, parser as unknown as Parser, settingsOf(settings.get(fileName) ?? {}));
}

answerQuestions<AnalysisProtocol>(
  {
    check,
    fixAll,
    warm({ fileName }, enter) {
      enter("program", fileName);
      projects.of(fileName).program();
      return null;
    },
    sourcesOf: ({ file }) => [...sourcesOf(file)],
    tsconfigSources: ({ file }) => projects.all().find(({ tsconfig }) => tsconfig.file === file)?.tsconfig.sources ?? [],
    filesBelow: ({ folders }) => projects.filesBelow(folders),
    compilerFixes({ diagnostics, fileName }, enter) {
      enter("program", fileName);
      const code = codeOf(projects.of(fileName).program(), fileName);
      return code === null ? [] : compilerFixes(code, diagnostics);
    },
    refactorings({ fileName, range }, enter) {
      enter("program", fileName);
      const program = projects.of(fileName).program();
      const file = program.getSourceFile(fileName);
      return file === undefined ? [] : refactorings(file, range, () => codeOf(program, fileName));
    },
    managerHelper({ fileName, isFile, range }, enter) {
      enter("program", fileName);
      const project = projects.of(fileName);
      return managerHelper(project.tsconfig, project.program(), { fileName, isFile, range }, () => codeOf(project.program(), fileName));
    },
    hover({ fileName, position }, enter) {
      enter("program", fileName);
      const code = codeOf(projects.of(fileName).program(), fileName);
      return code === null ? null : hoverAt(code, position);
    },
    hints({ fileName, range, which }) {
      const text = buffers.get(fileName)?.text;
      return text === undefined ? [] : hintsIn(fileName, text, range, which);
    },
    rules: () => ruleTexts(),
    debug: () => [
      `TypeScript ${ts.version}`,
      ...projects.all().map(({ tsconfig }) => `project ${tsconfig.file ?? "(no tsconfig.json)"}: ${String(tsconfig.fileNames.length)} files named`),
      `${String(buffers.texts())} texts`,
      `heap ${String(Math.round(process.memoryUsage().heapUsed / 1024 / 1024))} MiB`,
    ],
  },
  (news) => {
    switch (news.is) {
      case "close":
        buffers.close(news.fileName);
        projects.leave(news.fileName);
        if (!ts.sys.fileExists(news.fileName)) projects.takeUnsaved({ fileName: news.fileName, is: "deleted" });
        settings.delete(news.fileName);
        return;
      case "files":
        projects.take(news.events);
        return;
      case "leave":
        for (const fileName of news.fileNames) if (buffers.get(fileName) === undefined) projects.leave(fileName);
        return;
      case "memory":
        memory = news.memory;
        return;
      case "open":
        if (buffers.get(news.buffer.fileName) === undefined && !ts.sys.fileExists(news.buffer.fileName)) projects.takeUnsaved({ fileName: news.buffer.fileName, is: "created" });
        buffers.open(news.buffer);
        return;
      case "preferences":
        preferences = news.preferences;
    }
  },
);
