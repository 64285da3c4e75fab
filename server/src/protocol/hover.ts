import { MarkupKind, type CancellationToken, type Hover, type HoverParams } from "vscode-languageserver/node";

import { directiveAt } from "../actions/directive.js";
import { ruleText } from "../presentation/hover.js";
import { signalOf } from "./cancellation.js";
import { rulesById } from "./rule-names.js";
import { nameOf, type Session } from "./session.js";

/** `textDocument/hover`: who owns the resource under the pointer, and when it is disposed; what a rule named in a comment finds. */
export async function onHover(session: Session, { position, textDocument: { uri } }: HoverParams, token: CancellationToken): Promise<Hover | null> {
  const document = session.documents.get(uri);
  if (!session.settings.enable || !session.settings.hover || document === undefined) return null;
  const fileName = nameOf(session, uri);
  const signal = signalOf(token);
  const word = directiveAt(document.getText(), document.offsetAt(position))?.word;
  try {
    if (word !== undefined) {
      const rule = (await rulesById(session, fileName, signal)).get(word.text);
      const range = { start: document.positionAt(word.start), end: document.positionAt(word.end) };
      return rule === undefined ? null : { range, contents: { kind: MarkupKind.Markdown, value: ruleText(word.text, rule) } };
    }
    const hover = await session.analysis.ask("hover", { fileName, position }, fileName, signal);
    return hover === null ? null : { range: hover.range, contents: { kind: MarkupKind.Markdown, value: hover.markdown } };
  } catch {
    return null;
  }
}
