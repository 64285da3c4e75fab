// @ts-check
import { count, sum, table } from "../support/figures.mjs";

/**
 * @typedef {import("./options.mjs").Config} Config
 * @typedef {import("./measure.mjs").Asked} Asked
 * @typedef {import("./measure.mjs").Measured & { name: string, version: string, isRight: (asked: Asked) => boolean }} Result
 */

/** Of the callees of all projects together, so many are shown. */
const shown = 20;

/**
 * The figures as Markdown: for each project, what is found of what was forgotten, and beside it what is reported in the
 * code as it is; then what is most often not found.
 *
 * @param {readonly Result[]} results
 * @param {readonly Config[]} configs
 */
export function summary(results, configs) {
  const rows = results.map((result) => [`${result.name} ${result.version}`.trim(), ...figuresOf([result], configs)]);
  const head = ["project", "files", "`using`", "right silence", ...configs.flatMap((config) => [`\`${config}\` reports`, "of the others"]), ...configs.map((config) => `findings of \`${config}\` as it is`)];
  const silent = results.length > 1 ? [`Most often not reported, of all projects, the first ${shown}:`, byCallee(results, configs).slice(0, shown)] : [];
  return [
    table(head, results.length > 1 ? [...rows, ["**all**", ...figuresOf(results, configs)]] : rows),
    ...silent.map((each) => (typeof each === "string" ? each : table(["project", ...calleeHead(configs)], each))),
    ...notes(results),
  ].join("\n\n");
}

/** The same by what is called, project by project. @param {readonly Result[]} results @param {readonly Config[]} configs */
export function details(results, configs) {
  return results
    .filter(({ asked }) => asked.length > 0)
    .map((result) => `## ${result.name}: by what is called\n\n${table(calleeHead(configs), byCallee([result], configs).map(([, ...row]) => row))}`)
    .join("\n\n");
}

/** @param {readonly Result[]} results @param {readonly Config[]} configs */
function figuresOf(results, configs) {
  const others = results.flatMap(demanded);
  const all = sum(results.map(({ asked }) => asked.length));
  return [
    count(sum(results.map(({ files }) => files))),
    count(all),
    count(all - others.length),
    ...configs.flatMap((config) => shareOf(others, config)),
    ...configs.map((config) => count(sum(results.map(({ asItIs }) => asItIs[config] ?? 0)))),
  ];
}

/** Those whose silence is not known to be right. @param {Result} result */
function demanded({ asked, isRight }) {
  return asked.filter((each) => !isRight(each));
}

/** @param {readonly Config[]} configs */
function calleeHead(configs) {
  return ["called", "`using`", ...configs.map((config) => `\`${config}\` reports`), "not reported, for one"];
}

/** Rows: those first of which most are not reported. @param {readonly Result[]} results @param {readonly Config[]} configs */
function byCallee(results, configs) {
  return results
    .flatMap((result) => [...grouped(demanded(result))].map(([callee, all]) => ({ name: result.name, callee, all, silent: configs.map((config) => all.filter((each) => !isReported(each, config))) })))
    .sort((one, other) => (other.silent.at(-1)?.length ?? 0) - (one.silent.at(-1)?.length ?? 0) || other.all.length - one.all.length)
    .map(({ all, callee, name, silent }) => {
      const example = silent.at(-1)?.[0];
      return [name, `\`${callee.replaceAll("|", "\\|").replaceAll("`", "'")}\``, count(all.length), ...silent.map((those) => count(all.length - those.length)), example === undefined ? "" : `${example.file}:${example.line}`];
    });
}

/** @param {readonly Asked[]} all */
function grouped(all) {
  /** @type {Map<string, Asked[]>} */
  const groups = new Map();
  for (const each of all) groups.set(each.callee, [...(groups.get(each.callee) ?? []), each]);
  return groups;
}

/** @param {readonly Result[]} results */
function notes(results) {
  const heads = sum(results.map(({ loopHeads }) => loopHeads));
  const blind = results.filter(({ unresolved }) => unresolved > 0).map(({ imports, name, unresolved }) => `${name} ${count(unresolved)} of ${count(imports)}`);
  return [
    "The share is of the `using` less those whose silence is known to be right. A forgotten one is reported where a finding that the code as it is does not have covers its declaration.",
    ...(heads === 0 ? [] : [`Left out: ${count(heads)} in the heads of loops.`]),
    ...(blind.length === 0 ? [] : [`Imports that lead nowhere, so that the rules are blind there: ${blind.join(", ")}.`]),
  ];
}

/** @param {Asked} asked @param {Config} config */
export function isReported({ reported }, config) {
  return (reported[config] ?? []).length > 0;
}

/** @param {readonly Asked[]} asked @param {Config} config */
function shareOf(asked, config) {
  const reported = asked.filter((each) => isReported(each, config)).length;
  return [count(reported), asked.length === 0 ? "" : `${((100 * reported) / asked.length).toFixed(0)} %`];
}
