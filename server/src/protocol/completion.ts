import { CompletionItemKind, MarkupKind, type CancellationToken, type CompletionItem, type CompletionParams } from "vscode-languageserver/node";

import { directiveAt } from "../actions/directive.js";
import { ruleText } from "../presentation/hover.js";
import { signalOf } from "./cancellation.js";
import { rulesById } from "./rule-names.js";
import { nameOf, type Session } from "./session.js";

/** What is typed before the name of a rule. */
export const triggers: readonly string[] = [" ", ",", "/"];

/** `textDocument/completion`: the names of our rules in a comment that turns rules off. */
export async function onCompletion(session: Session, { position, textDocument: { uri } }: CompletionParams, token: CancellationToken): Promise<CompletionItem[]> {
  const document = session.documents.get(uri);
  if (!session.settings.enable || document === undefined) return [];
  const directive = directiveAt(document.getText(), document.offsetAt(position));
  if (directive === null) return [];
  const { others, word } = directive;
  const range = { start: document.positionAt(word.start), end: document.positionAt(word.end) };
  try {
    const rules = await rulesById(session, nameOf(session, uri), signalOf(token));
    return [...rules]
      .filter(([id]) => !others.includes(id))
      .map(([id, rule]) => ({
        label: id,
        kind: CompletionItemKind.Value,
        documentation: { kind: MarkupKind.Markdown, value: ruleText(id, rule) },
        textEdit: { range, newText: id },
      }));
  } catch {
    return [];
  }
}
