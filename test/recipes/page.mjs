// @ts-check
/**
 * What a fence of the page is, by the words behind its language.
 *
 * @typedef {{ readonly kind: "file" | "adds" | "holds" | "lacks", readonly file: string, readonly text: string }} FileStep a file, what is added to one, what one holds or lacks
 * @typedef {{ readonly kind: "run", readonly exits: number, readonly text: string }} RunStep
 * @typedef {{ readonly kind: "prints", readonly text: string }} PrintsStep
 * @typedef {(FileStep | RunStep | PrintsStep) & { readonly line: number }} Step
 * @typedef {{ readonly title: string, readonly steps: readonly Step[] }} Section
 */

const fence = /^```(?<info>[^\n]+)\n(?<text>.*?)^```$/gmsu;

/**
 * The sections of a page of recipes that have fences, in their order.
 *
 * @param {string} page Markdown
 * @returns {Section[]}
 */
export function sectionsOf(page) {
  return [...page.matchAll(/^## (?<title>.+)$(?<body>(?:\n(?!## ).*)*)/gmu)]
    .map(({ groups = {}, index }) => ({ title: groups["title"] ?? "", steps: stepsOf(groups["body"] ?? "", page.slice(0, index).split("\n").length) }))
    .filter(({ steps }) => steps.length > 0);
}

/** @param {string} body @param {number} first the page's line on which the body begins @returns {Step[]} */
function stepsOf(body, first) {
  return [...body.matchAll(fence)].map(({ groups = {}, index }) => {
    const before = body.slice(0, index).trimEnd();
    const line = first + body.slice(0, index).split("\n").length - 1;
    const step = stepOf(groups["info"] ?? "", groups["text"] ?? "", line);
    const name = toldName(step);
    if (name !== null && !before.slice(before.lastIndexOf("\n") + 1).includes(name)) throw new Error(`line ${line}: the line above must say ${name}: a reader does not see what is behind the fence's language`);
    return { ...step, line };
  });
}

/** @param {string} info @param {string} text @param {number} line @returns {FileStep | RunStep | PrintsStep} */
function stepOf(info, text, line) {
  const [, ...words] = info.split(" ");
  const file = words.at(-1) ?? "";
  switch (words.slice(0, -1).join(" ")) {
    case "exits":
      return { kind: "run", exits: Number(file), text };
    case "adds":
      return { kind: "adds", file, text };
    case "in":
      return { kind: "holds", file, text };
    case "not in":
      return { kind: "lacks", file, text };
    case "":
      if (file === "prints") return { kind: "prints", text };
      if (/[./]/u.test(file)) return { kind: "file", file, text };
  }
  throw new Error(`line ${line}: the fence "${info}" says neither its file nor what it is`);
}

/** What the text above a fence must say. @param {FileStep | RunStep | PrintsStep} step */
function toldName(step) {
  if (step.kind === "run") return step.exits === 0 ? null : String(step.exits);
  return step.kind === "file" || step.kind === "adds" || step.kind === "holds" ? `\`${step.file}\`` : null;
}

/** Whether a text has a line, in which `…` is anything. @param {string} text @param {string} line */
export function has(text, line) {
  const pattern = line.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, "\\$&")).join(".*");
  return new RegExp(pattern, "u").test(text);
}

/** The lines of a text, without the blanks around them. @param {string} text */
export function linesOf(text) {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
