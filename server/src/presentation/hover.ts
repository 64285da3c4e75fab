import type { Decision, Explanation, Outcome, Ownership, ScopeEnd, Unknown } from "eslint-plugin-await-using/editor";

import type { RuleText } from "../analysis/messages.js";

/** What a reader is told about the resources at a place, in Markdown: what it is, who owns it, where it ends. */
export function explained(explanations: readonly Explanation[]): string {
  const [only, another] = explanations;
  if (only === undefined) return "";
  if (another !== undefined) return explanations.map((each) => lines([title(each), ...endings(each)])).join("\n\n");
  return lines([title(only), ownerText(only.ownership), ...endings(only), ...awaiting(only)]);
}

/** A rule that a comment names. */
export function ruleText(id: string, { description, url }: RuleText): string {
  return `**\`${id}\`**: ${description}.${url === null ? "" : ` [What it finds](${url})`}`;
}

/** Each on a line of its own, without the space between paragraphs. */
function lines(texts: readonly string[]): string {
  return texts.join("  \n");
}

function title({ resource, text }: Explanation): string {
  const { both, kind, name, nullable, promised, release } = resource;
  const type = name === "resource" ? "resource" : `resource \`${name}\``;
  const what = kind === "manual" ? `${type}, released by \`${release?.name ?? ""}()\`` : `${kind} ${type}${both ? ", which has `[Symbol.dispose]` too" : ""}`;
  const article = kind === "async" ? "an" : "a";
  return `**\`${text}\`**: ${promised ? `promise of ${article} ` : ""}${what}${nullable ? ", or nothing" : ""}`;
}

function ownerText(ownership: Ownership): string {
  switch (ownership.is) {
    case "acquired":
      return `Owned: acquired by \`${ownership.call}\`${ownedBecause(ownership.by)}.`;
    case "acquired-element":
      return `Owned: each turn of the loop acquires it by \`${ownership.by}\`.`;
    case "handed-back": {
      let { of } = ownership;
      while (of.is === "handed-back") of = of.of;
      return `\`${ownership.call}\` hands back what it is ${ownership.given === "object" ? "called on" : "given"}. ${ownerText(of)}`;
    }
    case "imported":
      return `Borrowed: the module \`${ownership.from}\` owns it.`;
    case "lent":
      return `Borrowed: ${lentBecause(ownership.call, ownership.by)}.`;
    case "on-stack":
      return `Owned by \`${ownership.stack}\`, which took it over.`;
    case "parameter": {
      const of = ownership.of === null ? "the function" : `\`${ownership.of}\``;
      return ownership.taken ? `Owned: ${of} takes this parameter over.` : `Borrowed: a parameter of ${of}, whose caller owns it.`;
    }
    case "property":
      return `Borrowed: a property of \`${ownership.of}\`, which holds it.`;
    case "shared":
      return `Shared: ${ownership.by === "new" ? `the constructor of \`${ownership.call}\`` : `\`${ownership.call}\``} gives it to somebody else, too, who may end it.`;
    case "unknown":
      return `Owner unknown: ${unknownBecause(ownership.because)}.`;
  }
}

function ownedBecause(by: Decision): string {
  switch (by) {
    case "body":
      return ", which returns what it acquires";
    case "callback":
      return ", which returns what the function that it is given acquires";
    case "name":
      return ", whose verb says that each call makes a new one";
    case "setting":
      return ", which the setting `ownedCalls` names";
    case "signature":
      return ", which is declared to return an `AsyncDisposable`";
    case "tag":
      return ", which is tagged `@owned`";
    case "type":
      return ", as nothing says that somebody else keeps it; tag the function `@owned` or `@borrowed` to say so for sure";
    case "new":
    case "nothing":
      return "";
  }
}

function lentBecause(call: string, by: Decision): string {
  switch (by) {
    case "setting":
      return `the setting \`borrowedCalls\` names \`${call}\``;
    case "tag":
      return `\`${call}\` is tagged \`@borrowed\``;
    default:
      return `\`${call}\` returns what somebody else keeps`;
  }
}

function unknownBecause(because: Unknown): string {
  switch (because.is) {
    case "call":
      return because.by === "name" ? `\`${because.call}\` has no body that can be read, and its name may mean something that somebody else keeps` : `\`${because.call}\` does not tell whether it acquires what it returns`;
    case "callback":
      return "a parameter of a callback, which may or may not take it over";
    case "element":
      return `\`${because.of}\` may still hold it`;
    case "pattern":
      return "it is taken out of another value";
    case "several":
      return "it may come from several places";
  }
}

function endings({ outcomes }: Explanation): readonly string[] {
  const texts = outcomes.flatMap((outcome): readonly string[] => {
    switch (outcome.is) {
      case "disposed":
        return [];
      case "floating":
        return ["Nobody holds it, so nothing can dispose it."];
      case "left-open":
        return [`Still open at ${outcome.at}.`];
      case "scoped":
        return [outcome.promised ? "Never disposed: the scope is given a promise of it, which has no disposer." : scopedText(outcome)];
      case "transferred":
        return [`Transferred on line ${String(outcome.line)}: ${transferText(outcome)}.`];
      case "used-up":
        return [`Read to its end on line ${String(outcome.line)}, which finishes it.`];
    }
  });
  const disposals = outcomes.filter((outcome) => outcome.is === "disposed").map(({ call, line }) => `\`${call}\` on line ${String(line)}`);
  return [...(disposals.length === 0 ? [] : [`Disposed by ${listed(disposals)}.`]), ...texts].slice(0, 2);
}

function scopedText({ as, end }: Extract<Outcome, { readonly is: "scoped" }>): string {
  return `Disposed${as === null ? "" : ` with \`${as}\``} ${whenText(end)}${orderText(end)}.`;
}

function whenText({ line, of, scope }: ScopeEnd): string {
  switch (of) {
    case "iteration":
      return `at the end of each turn of the loop (line ${String(line)})`;
    case "loop":
      return `when the loop ends (line ${String(line)})`;
    case "module":
      return "when the module has been evaluated";
    case "scope":
      return `at the end of ${scope} (line ${String(line)})`;
  }
}

function orderText({ at, order }: ScopeEnd): string {
  if (order.length < 2) return "";
  const [before, after] = [order[at - 1], order[at + 1]];
  const neighbors = [...(before === undefined ? [] : [`after \`${before}\``]), ...(after === undefined ? [] : [`before \`${after}\``])];
  return `: ${ordinal(at + 1)} of ${String(order.length)}, ${neighbors.join(", ")}`;
}

function ordinal(number: number): string {
  const teens = number % 100 > 10 && number % 100 < 14;
  return `${String(number)}${teens ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th")}`;
}

function transferText({ by, to }: Extract<Outcome, { readonly is: "transferred" }>): string {
  switch (by) {
    case "argument":
      return to === null ? "another owner takes it over" : `\`${to}\` takes it over`;
    case "closure":
      return "a function disposes it or hands it on";
    case "move":
      return "another stack takes its members over";
    case "return":
      return "it is handed out";
    case "store":
      return "it is stored";
    default:
      return "it gets another owner";
  }
}

/** How the scope waits for the disposer, which neither the keyword nor the type alone tells. */
function awaiting({ outcomes, ownership, resource }: Explanation): readonly string[] {
  const scoped = outcomes.find((outcome) => outcome.is === "scoped");
  if (scoped === undefined || ownership.is === "on-stack" || scoped.promised) return [];
  if (resource.kind === "manual") return ["Neither keyword can dispose it: it has no disposer."];
  if (scoped.keyword === "await using") {
    return [resource.kind === "async" ? "The scope awaits its `[Symbol.asyncDispose]()`." : "The scope calls its `[Symbol.dispose]()`; the `await` costs one turn."];
  }
  return [resource.kind === "sync" || resource.both ? "The scope calls its `[Symbol.dispose]()` and awaits nothing." : "`using` cannot dispose it: it has no `[Symbol.dispose]`."];
}

function listed(texts: readonly string[]): string {
  const shown = texts.length > 3 ? [...texts.slice(0, 2), `in ${String(texts.length - 2)} more places`] : texts;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
