import { CodeActionKind, type CodeAction, type CodeActionParams, type CancellationToken, type Diagnostic, type WorkspaceEdit } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";

import { findingsIn, sameRange } from "../actions/select.js";
import { reason, suppressFile, suppressLine } from "../actions/suppress.js";
import type { Checked } from "../analysis/messages.js";
import { messageOf } from "../failure.js";
import type { Edit, Finding } from "../finding.js";
import { diagnosticOf } from "../presentation/diagnostic.js";
import { Cancelled } from "../threads/pending.js";
import { signalOf } from "./cancellation.js";
import { check } from "./check.js";
import { fixAllCommand } from "./contract.js";
import { helperChange } from "./manager-helper.js";
import { nameOf, type Session } from "./session.js";
import { workspaceAnswer } from "./workspace-answer.js";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.await-using`;
export const rewriteKind = `${CodeActionKind.RefactorRewrite}.await-using`;
export const extractKind = `${CodeActionKind.RefactorExtract}.await-using`;

/** TypeScript's own diagnostics about disposal, which it leaves without a fix (RULES.md, "Leaks"). */
export const compilerCodes: ReadonlySet<number> = new Set([2741, 2850, 2851, 2852, 2853, 2854]);

/** Saving waits for our answer; what is not done by then is left as it is. */
const savingDeadline = 700;

/** A menu waits for our answer. */
const menuDeadline = 2_000;

/** `textDocument/codeAction`: the changes offered at a place. */
export async function onCodeAction(session: Session, params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
  const { context, range, textDocument } = params;
  const document = session.documents.get(textDocument.uri);
  if (document === undefined || !session.settings.enable) return [];
  const wants = (kind: string): boolean => context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`) || only === "");
  try {
    const fileName = nameOf(session, document.uri);
    const actions: CodeAction[] = [];
    // Quick-fixes are known already; they do not wait for an analysis that hangs or is being replaced.
    const patience = (): AbortSignal => AbortSignal.any([signalOf(token), AbortSignal.timeout(menuDeadline)]);
    if (wants(CodeActionKind.QuickFix)) {
      const { findings } = await newest(session, document, token);
      actions.push(...quickFixes(session, document, findings, params));
      actions.push(...(await compilerFixes(session, document, context.diagnostics, patience())));
    }
    actions.push(...(await helperActions(session, document, params, wants, patience)));
    if (context.only !== undefined && wants(fixAllKind)) actions.push(...(await fixAll(session, document)));
    if (wants(rewriteKind) || wants(extractKind)) {
      const found = await session.analysis.ask("refactorings", { fileName, range }, fileName, patience()).catch(() => []);
      for (const { disabled, edits, kind, title } of found) {
        const action = { title, kind: kind === "rewrite" ? rewriteKind : extractKind };
        if (disabled === null) actions.push({ ...action, edit: editOf(session, document, edits) });
        else if (session.client.disabledActions) actions.push({ ...action, disabled: { reason: disabled } });
      }
    }
    // The client may not know versions: what was found in an older text is not offered.
    return session.documents.get(document.uri)?.version === document.version ? actions : [];
  } catch (error) {
    if (!(error instanceof Cancelled)) session.connection.console.error(`Code actions for ${document.uri}: ${messageOf(error)}`);
    return [];
  }
}

/** The findings of the document's text as it is now: the last answer, where it is one about this text. */
async function newest(session: Session, document: TextDocument, token: CancellationToken): Promise<Pick<Checked, "findings">> {
  const known = session.results.get(document.uri)?.checked;
  if (known?.version === document.version) return known;
  const answer = await check(session, document.uri, null, signalOf(token));
  return answer !== "unchanged" && answer.version === document.version ? answer : { findings: [] };
}

function quickFixes(session: Session, document: TextDocument, findings: readonly Finding[], { context, range }: CodeActionParams): CodeAction[] {
  const lineAt = (line: number): string => document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/u, "");
  const eol = /\r\n/u.test(document.getText()) ? "\r\n" : "\n";
  return findingsIn(findings, range).flatMap((finding) => {
    const diagnostics = [shownFor(session, finding, document, context.diagnostics)];
    const base = { kind: CodeActionKind.QuickFix, diagnostics };
    const fixes = finding.fixes.map(({ edits, title }, index): CodeAction => ({
      ...base,
      title: title === "" ? "Fix this" : title.replace(/\.$/u, ""),
      ...(index === 0 ? { isPreferred: true } : {}),
      edit: editOf(session, document, edits),
    }));
    const alike = findings.filter(({ fixes: [first], rule }) => rule === finding.rule && first !== undefined);
    const all: CodeAction[] = alike.length > 1 && fixes.length > 0 ? [{ ...base, title: `Fix all of ${finding.rule} in this file`, command: { title: "Fix all", command: fixAllCommand, arguments: [document.uri, finding.rule] } }] : [];
    const above = suppressLine(finding, lineAt, eol);
    return [
      ...fixes,
      ...all,
      ...(above === null ? [] : [{ ...base, title: `Suppress ${finding.rule} on this line, with a reason`, edit: editOf(session, document, [above]) }]),
      { ...base, title: `Suppress ${finding.rule} in this file, with a reason`, edit: editOf(session, document, [suppressFile(finding, lineAt, eol)]) },
    ];
  });
}

/** The diagnostic that the reader sees for a finding: ours, or the ESLint extension's at the same place. */
function shownFor(session: Session, finding: Finding, { uri }: TextDocument, shown: readonly Diagnostic[]): Diagnostic {
  const theirs = shown.find(({ code, range, source }) => (source === "eslint" ? code === finding.ruleId : source === "await-using" && code === finding.rule) && sameRange(range, finding.range));
  return theirs ?? diagnosticOf(finding, uri, session.client.relatedInformation);
}

async function compilerFixes(session: Session, document: TextDocument, shown: readonly Diagnostic[], patience: AbortSignal): Promise<CodeAction[]> {
  const refused = shown.filter(({ code, source }) => source?.startsWith("ts") === true && compilerCodes.has(Number(code)));
  if (refused.length === 0) return [];
  const diagnostics = refused.map(({ code, range }) => ({ code: Number(code), range }));
  const fileName = nameOf(session, document.uri);
  const fixes = await session.analysis.ask("compilerFixes", { fileName, diagnostics }, fileName, patience).catch(() => []);
  return fixes.map(({ code, edits, range, title }, index) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: refused.filter((each) => Number(each.code) === code && sameRange(each.range, range)),
    ...(index === fixes.findIndex((other) => other.code === code && sameRange(other.range, range)) ? { isPreferred: true } : {}),
    edit: editOf(session, document, edits),
  }));
}

/** TypeScript's words for a name that nothing declares. */
const undeclared: ReadonlySet<number> = new Set([2304, 2552]);

/** The manager helper where a name of it is used and cannot be found: a fix for what TypeScript says, and a refactoring where nobody says anything. */
async function helperActions(session: Session, document: TextDocument, { context, range }: CodeActionParams, wants: (kind: string) => boolean, patience: () => AbortSignal): Promise<CodeAction[]> {
  const told = context.diagnostics.filter(({ code, source }) => source?.startsWith("ts") === true && undeclared.has(Number(code)));
  const kind = told.length > 0 ? CodeActionKind.QuickFix : rewriteKind;
  if (!wants(kind)) return [];
  for (const diagnostic of told.length > 0 ? told : [null]) {
    const change = await helperChange(session, document, diagnostic?.range ?? range, patience()).catch(() => null);
    if (change === null) continue;
    const { edit, because, title } = change;
    const base = { title, kind, ...(diagnostic === null ? {} : { diagnostics: [diagnostic] }) };
    if (edit !== null) return [{ ...base, edit, ...(diagnostic === null ? {} : { isPreferred: true }) }];
    return session.client.disabledActions ? [{ ...base, disabled: { reason: because } }] : [];
  }
  return [];
}

async function fixAll(session: Session, document: TextDocument): Promise<CodeAction[]> {
  const known = session.results.get(document.uri)?.checked;
  if (known?.version === document.version && !known.findings.some(({ fixes }) => fixes.length > 0)) return [];
  const edit = await fixAllEdit(session, document.uri, null, savingDeadline);
  return edit === null ? [] : [{ title: "Fix all Await Using findings", kind: fixAllKind, edit }];
}

/** The edit that makes the preferred change of every finding; `null` where there is nothing to change. */
export async function fixAllEdit(session: Session, uri: string, rule: string | null, milliseconds: number): Promise<WorkspaceEdit | null> {
  const document = session.documents.get(uri);
  if (document === undefined) return null;
  const patience = AbortSignal.timeout(milliseconds * 1.5);
  const late = new Promise<null>((resolve) => {
    patience.addEventListener("abort", () => {
      resolve(null);
    }, { once: true });
  });
  const fileName = nameOf(session, uri);
  const asked = workspaceAnswer(session, fileName).then((workspace) => session.analysis.ask("fixAll", { fileName, rule, milliseconds, workspace }, fileName, patience));
  const answer = await Promise.race([asked, late]);
  const isOld = session.documents.get(uri)?.version !== document.version;
  return answer === null || isOld || answer.version !== document.version || answer.edits.length === 0 ? null : editOf(session, document, answer.edits);
}

/** An edit for this version of the document: a client that knows versions refuses it when it comes too late. */
export function editOf({ client }: Session, { uri, version }: TextDocument, edits: readonly Edit[]): WorkspaceEdit {
  const textEdits = edits.map(({ newText, range }) => {
    if (!client.snippetEdits || !newText.includes(reason)) return { range, newText };
    const value = newText.replace(/[\\$}]/gu, "\\$&").replace(reason, `\${1:${reason}}`);
    return { range, snippet: { kind: "snippet" as const, value } };
  });
  return client.documentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] }
    : { changes: { [uri]: edits.map(({ newText, range }) => ({ newText, range })) } };
}
