/** Can the acquisition at the cursor move into a manager, together with its disposal? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { departuresOf } from "../../ownership/lifetime/escape.js";
import { isRelease } from "../../ownership/release/release-name.js";
import { isStackName } from "../../ownership/scopes/stack.js";
import { callOf, unwrap } from "../../ownership/values/destination.js";
import { functionAround, isFunction, isInside, isLoop, ownNodesIn } from "../../ownership/values/functions.js";
import { isScoped, readsOf, variableOf, writesOf, type Variable } from "../../ownership/values/variables.js";
import { ancestorsOf, nodesIn } from "../../syntax.js";
import { lineOf } from "../../text.js";
import { guarded, withoutFinally, type Guarded } from "../by-hand/guarded.js";
import { heldBy } from "../by-hand/held.js";
import { helperFor, isCommonJS, startWithComments, type Helper } from "../generators/manager-helper.js";
import { canAwait, hasComments } from "../placement/placement.js";
import type { Edit } from "../text/edit.js";
import { freeName } from "../text/free-name.js";
import { indentAt, moved, newlineOf, unitOf } from "../text/lines.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** An acquisition with its release: `await using`, or a `finally`. */
interface Acquired {
  readonly declaration: TSESTree.VariableDeclaration & { readonly parent: TSESTree.BlockStatement };
  readonly declarator: TSESTree.VariableDeclarator & { readonly id: TSESTree.Identifier; readonly init: TSESTree.Expression };
  readonly variable: Variable;
  /** The `try` whose `finally` releases; `null` for a scope. */
  readonly node: Guarded | null;
}

/** What the manager has to be given. */
interface Parameter {
  readonly name: string;
  /** `: type`; nothing in JavaScript. */
  readonly annotation: string;
}

/** `const c = await open(url); try { … } finally { await c.close(); }` → `await using held = await managedC(url); const c = held.value; …` */
export const extractManager: Refactor = (code, selection) => {
  const declaration = around(selection, (node) => node.type === "VariableDeclaration");
  const acquired = declaration === null ? null : acquiredBy(code, declaration);
  if (acquired === null) return null;
  const { declarator, node, variable } = acquired;
  const title: Name = { kind: "extract", title: `Extract \`${variable.name}\` with its release into a manager` };
  if (isCommonJS(code)) return refuse(title, "This file has no `import`, by which the manager helper would come.");
  const helper = helperFor(code);
  if (helper === null) return refuse(title, "No file of this project exports a manager helper: add it to the project first.");
  if (!canAwait(code, acquired.declaration)) return refuse(title, "`await` cannot stand here: make the function `async` first.");
  const regions = [declarator.init, ...(node === null ? [] : [node.finalizer])];
  const because = whyNotLeft(code, acquired) ?? regions.map((region) => whyNotMoved(code, region)).find((each) => each !== null) ?? null;
  if (because !== null) return refuse(title, because);
  const parameters = parametersOf(code, variable, regions);
  if (typeof parameters === "string") return refuse(title, parameters);
  const at = placeFor(code, acquired.declaration);
  if (at === null || at < helper.since) return refuse(title, `\`${helper.name}\` is declared below.`);
  const name = freeName(code, `managed${variable.name.charAt(0).toUpperCase()}${variable.name.slice(1)}`);
  const edits = replaced(code, acquired, `${name}(${parameters.map((each) => each.name).join(", ")})`);
  if (typeof edits === "string") return refuse(title, edits);
  return offer(title, [...helper.edits, { range: [at, at], text: managerText(code, acquired, helper, name, parameters) }, ...edits]);
};

function acquiredBy(code: Code, declaration: TSESTree.VariableDeclaration): Acquired | null {
  const { declarations: [declarator, second], kind, parent } = declaration;
  if (second !== undefined || parent.type !== "BlockStatement" || kind === "var" || declarator.id.type !== "Identifier" || declarator.init === null || functionAround(declaration) === null) return null;
  const made = unwrap(declarator.init);
  const variable = variableOf(code, declarator.id);
  if (variable === null || (made.type !== "CallExpression" && made.type !== "NewExpression")) return null;
  const acquired = { declaration, declarator, variable } as Omit<Acquired, "node">;
  if (isScoped(declaration)) {
    const held = heldBy(code, declarator);
    return held === null || isStackName(held.acquisition.resource.name) ? null : { ...acquired, node: null };
  }
  const next = parent.body[parent.body.indexOf(declaration) + 1];
  const node = next?.type === "TryStatement" ? guarded(next) : null;
  return node !== null && isReleasedIn(code, variable, node.finalizer) ? { ...acquired, node } : null;
}

function isReleasedIn(code: Code, variable: Variable, finalizer: TSESTree.BlockStatement): boolean {
  return ownNodesIn(code, finalizer).some((node) => node.type === "MemberExpression" && callOf(node) !== null && isRelease(code, node) && variableOf(code, unwrap(node.object)) === variable);
}

/** Why the code that stays cannot do without what goes, in a sentence. */
function whyNotLeft(code: Code, { declarator, node, variable }: Acquired): string | null {
  const { name } = variable;
  const [, again] = writesOf(variable);
  if (again !== undefined) return `\`${name}\` is assigned again on line ${lineOf(again.identifier)}.`;
  const departure = departuresOf(code, { variable, keyword: "await using", stack: null }).find((each) => node === null || !isInside(each.node, node.finalizer));
  if (departure?.is === "pending") return `Line ${lineOf(departure.node)} does not wait for its work on \`${name}\`: await it first.`;
  if (departure !== undefined) return `\`${name}\`, or something that works only while it is open, leaves the scope on line ${lineOf(departure.node)}.`;
  if (node === null) return null;
  const after = readsOf(variable).find((read) => read.range[0] > node.range[1]);
  if (after !== undefined) return `\`${name}\` is used after the \`try\`, on line ${lineOf(after)}.`;
  const own = readsOf(variable).find((read) => isInside(read, declarator.init));
  if (own !== undefined) return `\`${name}\` is used where it is acquired, on line ${lineOf(own)}.`;
  return hasComments(code, [(node.handler ?? node.block).range[1], node.finalizer.range[0]]) || hasComments(code, [node.range[0], node.block.range[0]]) ? "A comment beside `try` or `finally` would be lost." : null;
}

/** Why code cannot stand in a function of its own, in a sentence. */
function whyNotMoved(code: Code, region: TSESTree.Node): string | null {
  for (const node of nodesIn(code, region, (each) => !isFunction(each) || each.type === "ArrowFunctionExpression")) {
    const isArguments = node.type === "Identifier" && node.name === "arguments" && variableOf(code, node)?.defs.length === 0;
    const word = node.type === "ThisExpression" ? "this" : node.type === "Super" ? "super" : node.type === "MetaProperty" && node.meta.name === "new" ? "new.target" : isArguments ? "arguments" : null;
    if (word !== null) return `Line ${lineOf(node)} uses \`${word}\`, which belongs to the function around it.`;
  }
  for (const node of ownNodesIn(code, region)) {
    if (node.type === "YieldExpression") return `Line ${lineOf(node)} yields, which belongs to the generator around it.`;
    if (node.type === "ReturnStatement") return `Line ${lineOf(node)} returns from the function, which a manager cannot.`;
    if ((node.type === "BreakStatement" || node.type === "ContinueStatement") && jumpsOut(node, region)) return `Line ${lineOf(node)} jumps out of the \`finally\`.`;
  }
  return null;
}

function jumpsOut(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement, region: TSESTree.Node): boolean {
  if (jump.label !== null) return true;
  for (const at of ancestorsOf(jump)) {
    if (at === region) return true;
    if (isLoop(at) || (at.type === "SwitchStatement" && jump.type === "BreakStatement")) return false;
  }
  return true;
}

/** What code takes from the functions around it, in order; or why it cannot be given. */
function parametersOf(code: Code, held: Variable, regions: readonly TSESTree.Node[]): readonly Parameter[] | string {
  const found = new Map<Variable, Parameter>();
  for (const region of regions) {
    for (const node of nodesIn(code, region)) {
      const variable = node.type === "Identifier" ? variableOf(code, node) : null;
      if (variable === null || variable === held || found.has(variable) || !isLocal(variable) || regions.some((each) => isDeclaredIn(variable, each))) continue;
      const { name } = variable;
      if (variable.defs.some(({ type }) => type === "Type")) return `Line ${lineOf(node)} names the type \`${name}\`, which only the function knows.`;
      const written = writesOf(variable).find(({ identifier, value }) => !(value !== null && isDefinition(variable, identifier)));
      if (written !== undefined) return `\`${name}\` is assigned on line ${lineOf(written.identifier)}, which the manager would not see.`;
      // What conditions have shown holds where it is acquired; later it need not.
      const [defined] = variable.identifiers;
      const type = code.isJavaScript ? "" : code.types?.annotation(region === regions[0] || defined === undefined ? node : defined);
      if (type == null) return `The type of \`${name}\` has no name at the top of this file.`;
      found.set(variable, { name, annotation: type === "" ? "" : `: ${type}` });
    }
  }
  return [...found.values()];
}

function isLocal({ defs, scope }: Variable): boolean {
  return defs.length > 0 && scope.type !== "module" && scope.type !== "global";
}

function isDeclaredIn({ identifiers }: Variable, region: TSESTree.Node): boolean {
  return identifiers.some((identifier) => isInside(identifier, region));
}

/** Whether a write is the initializer of the variable, or the default of a parameter. */
function isDefinition({ identifiers }: Variable, identifier: TSESTree.Node): boolean {
  return identifiers.some((each) => each === identifier);
}

/**
 * Where a constant of the module may stand for the code in a statement: right above
 * it; behind the imports if anything of the module runs before that.
 */
function placeFor(code: Code, inside: TSESTree.Node): number | null {
  const { body } = code.ast;
  const index = body.findIndex((each) => isInside(inside, each));
  const statement = body[index];
  if (statement === undefined) return null;
  const runs = body.slice(0, index).some((each) => !each.type.startsWith("Import") && ownNodesIn(code, each).some(({ type }) => /^(?:Await|Call|New|TaggedTemplate)Expression$/u.test(type)));
  const first = body.find((each) => each.type !== "ImportDeclaration" && !(each.type === "ExpressionStatement" && each.directive !== undefined));
  return startWithComments(code, runs && first !== undefined ? first : statement);
}

function managerText(code: Code, { declaration, declarator, node, variable: { name } }: Acquired, helper: Helper, manager: string, parameters: readonly Parameter[]): string {
  const newline = newlineOf(code);
  const outer = indentAt(code, declaration.range[0]);
  const unit = unitOf(code, declaration.parent);
  const given = parameters.map((each) => `${each.name}${each.annotation}`).join(", ");
  const type = declarator.id.typeAnnotation === undefined ? "" : code.text.slice(...declarator.id.typeAnnotation.range);
  const init = moved(code, declarator.init.range, outer, unit);
  const lines =
    node === null
      ? [`${unit}${declaration.kind} ${name}${type} = ${init};`, `${unit}yield ${name};`]
      : [`${unit}const ${name}${type} = ${init};`, `${unit}try {`, `${unit}${unit}yield ${name};`, `${unit}} finally ${moved(code, node.finalizer.range, outer, unit)}`];
  return [`const ${manager} = ${helper.name}(async function* (${given}) {`, ...lines, "});", "", ""].join(newline);
}

/** Takes the value from the manager, in a scope that ends where the release stood. */
function replaced(code: Code, { declaration, node, variable: { name } }: Acquired, call: string): readonly Edit[] | string {
  const newline = newlineOf(code);
  const outer = indentAt(code, declaration.range[0]);
  const held = freeName(code, "held");
  const put = (open: string): readonly Edit[] => {
    const inner = open === "" ? outer : `${outer}${unitOf(code, declaration.parent)}`;
    return [{ range: declaration.range, text: `${open}await using ${held} = await ${call};${newline}${inner}const ${name} = ${held}.value;` }];
  };
  if (node === null) return put("");
  const edits = withoutFinally(code, node, declaration, put);
  const [start, end] = declaration.range;
  return typeof edits === "string" ? edits : edits.filter(({ range }) => !(start < range[0] && range[0] < end));
}
