import type { Disposed, Scope } from "../analysis/scopes.js";

const most = 4;

/** What a reader is told at the end of a scope: what it disposes, in order. */
export function hintText({ disposes, ends }: Scope): { readonly label: string; readonly tooltip: string } {
  const names = disposes.slice(0, most).map(({ isAwaited, name }) => `${isAwaited ? "await " : ""}${name}`);
  const more = disposes.length > most ? ` +${String(disposes.length - most)}` : "";
  return {
    label: `⟵ disposes ${names.join(", ")}${more}${ends === "each turn" ? " each turn" : ""}`,
    tooltip: [`${when[ends]}${disposes.length > 1 ? ", in this order" : ""}:`, ...disposes.map(lineOf)].join("\n"),
  };
}

const when: Readonly<Record<Scope["ends"], string>> = {
  "each turn": "Disposed at the end of each turn of the loop",
  module: "Disposed when the module has been evaluated",
  once: "Disposed when this scope is left",
};

function lineOf({ isAwaited, line, name, what }: Disposed): string {
  return `${isAwaited ? "await " : ""}${shortened(`${name}${what ?? ""}`)} (line ${String(line + 1)})`;
}

function shortened(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 69)}…`;
}
