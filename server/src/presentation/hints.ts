import type { Disposed, Scope } from "../analysis/scopes.js";

/** The names that a label has room for, and its characters: VS Code cuts longer ones (`editor.inlayHints.maximumLength`). */
const mostNames = 4;
const mostCharacters = 43;

/** What a reader is told at the end of a scope: what it disposes, in order; all of it in the tooltip. */
export function hintText(scope: Scope): { readonly label: string; readonly tooltip: string } {
  const { disposes, ends } = scope;
  return {
    label: labelOf(scope, Math.min(mostNames, disposes.length)),
    tooltip: [`${when[ends]}${disposes.length > 1 ? ", in this order" : ""}:`, ...disposes.map(lineOf)].join("\n"),
  };
}

/** The label with so many names, or with as many as there is room for. */
function labelOf(scope: Scope, names: number): string {
  const { disposes, ends } = scope;
  const [more, turn] = [disposes.length > names ? ` +${String(disposes.length - names)}` : "", ends === "each turn" ? " each turn" : ""];
  const around = (text: string): string => `⟵ disposes ${text}${more}${turn}`;
  const label = around(disposes.slice(0, names).map(({ isAwaited, name }) => `${isAwaited ? "await " : ""}${name}`).join(", "));
  if (label.length <= mostCharacters) return label;
  if (names > 1) return labelOf(scope, names - 1);
  const [first] = disposes;
  return around(shortened(`${first?.isAwaited === true ? "await " : ""}${first?.name ?? ""}`, mostCharacters - around("").length));
}

const when: Readonly<Record<Scope["ends"], string>> = {
  "each turn": "Disposed at the end of each turn of the loop",
  module: "Disposed when the module has been evaluated",
  once: "Disposed when this scope is left",
};

function lineOf({ isAwaited, line, name, what }: Disposed): string {
  return `${isAwaited ? "await " : ""}${name}${shortened(what ?? "", Math.max(70 - name.length, 30))} (line ${String(line + 1)})`;
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
