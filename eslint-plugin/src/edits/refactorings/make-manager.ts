/** Can the generator at the cursor become a manager? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isInLoop, isTakenOnce, advancedBy } from "../../ownership/generators/advanced-generator.js";
import { deadAfter, managesAt, yieldsIn } from "../../ownership/generators/manager.js";
import { hasCleanup } from "../../ownership/generators/misused-generator.js";
import { declaresIterable } from "../../ownership/generators/unwrapped-manager.js";
import { isFunction, isGenerator, type GeneratorNode } from "../../ownership/values/functions.js";
import { declaratorOf, readsOf, variableOf, type Variable } from "../../ownership/values/variables.js";
import type { FunctionNode } from "../../syntax.js";
import { lineOf } from "../../text.js";
import { helperFor, isCommonJS } from "../generators/manager-helper.js";
import { whyNoManager, wrapped } from "../generators/wrap-manager.js";
import type { Edit } from "../text/edit.js";
import { newlineOf } from "../text/lines.js";
import { around, offer, refuse, type Name, type Refactor, type Selection } from "./refactoring.js";

/** `async function* conn() { … }` that yields once and releases → `const conn = asyncContextManager(async function* conn() { … });` */
export const makeManager: Refactor = (code, selection) => {
  const body = generatorAt(selection);
  if (body === null || !body.async || managesAt(code, body) !== null) return null;
  const [at, another] = yieldsIn(code, body);
  if (at === undefined || another !== undefined || at.delegate || isInLoop(at, body.body)) return null;
  if (!hasCleanup({ code, node: body }) && deadAfter(at) === null) return null;
  const name = generatorName(body);
  const variable = name === null ? null : variableOf(code, name);
  const helper = helperFor(code);
  const title: Name = { kind: "rewrite", title: `Make ${name === null ? "the generator" : `\`${name.name}\``} a manager with \`${helper?.name ?? "asyncContextManager"}\`` };
  if (name === null || variable === null) return refuse(title, "A method stays a method: give the generator a name of its own first.");
  if (readsOf(variable).some((read) => managesAt(code, read) !== null)) return null;
  if (helper === null) return refuse(title, isCommonJS(code) ? "No manager helper is at hand in this file." : "No file of this project exports a manager helper: add it to the project first.");
  if (variable.defs.length > 1) return refuse(title, `\`${name.name}\` is declared more than once.`);
  if (declaresIterable(body)) return refuse(title, "It is declared as an iterable, which a manager is not: declare it as an `AsyncGenerator`, or leave it one.");
  const because = whyNoManager(code, body, at) ?? whyNotUsed(code, variable);
  if (because !== null) return refuse(title, because);
  if (body.range[0] < helper.since) return refuse(title, `\`${helper.name}\` is declared below.`);
  const around = wrapped(helper.name, body, name.name);
  if (around === null) return refuse(title, `The type of \`${name.name}\` says that it is a generator: take that away first.`);
  const exported = asDefault(code, body, name.name, around);
  return exported === null ? refuse(title, "A default export without a name cannot become a constant: give it a name first.") : offer(title, [...helper.edits, ...exported, ...readsOf(variable).flatMap((read) => asHeld(code, read))]);
};

/** The generator on whose head the cursor is, or that a constant under it holds. */
function generatorAt(selection: Selection): GeneratorNode | null {
  const found = around(selection, isHead);
  const declared = found?.type === "ExportNamedDeclaration" || found?.type === "ExportDefaultDeclaration" ? found.declaration : found?.type === "MethodDefinition" ? found.value : found;
  if (declared?.type !== "VariableDeclaration") return declared != null && isGenerator(declared) ? declared : null;
  const [first, second] = declared.declarations as readonly TSESTree.VariableDeclarator[];
  const init = second === undefined ? first?.init : null;
  return init != null && isGenerator(init) ? init : null;
}

type Head = FunctionNode | TSESTree.ExportDefaultDeclaration | TSESTree.ExportNamedDeclaration | TSESTree.MethodDefinition | TSESTree.VariableDeclaration;

function isHead(node: TSESTree.Node): node is Head {
  return isFunction(node) || /^(?:ExportDefaultDeclaration|ExportNamedDeclaration|MethodDefinition|VariableDeclaration)$/u.test(node.type);
}

/** The name of a declared generator, or of the constant that holds it. */
function generatorName(body: GeneratorNode): TSESTree.Identifier | null {
  if (body.type === "FunctionDeclaration") return body.id;
  const { parent } = body;
  return parent.type === "VariableDeclarator" && parent.parent.kind === "const" && parent.id.type === "Identifier" ? parent.id : null;
}

/** Where a generator is used in a way that a manager cannot be, in a sentence. */
function whyNotUsed(code: Code, variable: Variable): string | null {
  const { name } = variable;
  const declared = declaratorOf(variable)?.range[0] ?? variable.identifiers[0]?.range[0] ?? 0;
  for (const read of readsOf(variable)) {
    if (isExport(read)) continue;
    const line = lineOf(read);
    if (!isTakenOnce(code, read)) return `Line ${line} uses \`${name}\` as a generator.`;
    if (asHeld(code, read).length === 0) return `Line ${line} takes more than the value from the generator of \`${name}()\`.`;
    if (read.range[0] < declared) return `Line ${line} uses \`${name}\` ahead of its declaration, which a constant cannot be.`;
  }
  return null;
}

function isExport({ parent }: TSESTree.Identifier): boolean {
  return parent.type === "ExportSpecifier" || parent.type === "ExportDefaultDeclaration";
}

/**
 * `await using it = conn(); const { value } = await it.next();` of a manager: the
 * call acquires, and what it gives has the value. None where more is taken from the
 * step, and for what is no call.
 */
function asHeld(code: Code, { parent: call }: TSESTree.Identifier): readonly Edit[] {
  const stepped = call.type === "CallExpression" ? advancedBy(code, call) : null;
  const [step] = stepped?.steps ?? [];
  const waited = step?.parent;
  if (stepped === null || waited?.type !== "AwaitExpression" || stepped.declarator.parent.kind !== "await using" || stepped.declarator.init !== call) return [];
  const [start] = call.range;
  const { parent: taken } = waited;
  const isValue =
    (taken.type === "MemberExpression" && taken.object === waited && !taken.computed && taken.property.type === "Identifier" && taken.property.name === "value") ||
    (taken.type === "VariableDeclarator" && taken.id.type === "ObjectPattern" && taken.id.properties.every((each) => each.type === "Property" && !each.computed && each.key.type === "Identifier" && each.key.name === "value"));
  const inParentheses = code.text[waited.range[0] - 1] === "(" && code.text[waited.range[1]] === ")";
  const range = inParentheses ? ([waited.range[0] - 1, waited.range[1] + 1] as const) : waited.range;
  return isValue ? [{ range: [start, start], text: "await " }, { range, text: stepped.variable.name }] : [];
}

/** A default export keeps its name, and exports the constant apart. */
function asDefault(code: Code, body: GeneratorNode, name: string, edits: readonly Edit[]): readonly Edit[] | null {
  const { parent } = body;
  if (parent.type !== "ExportDefaultDeclaration") return edits;
  if (body.type !== "FunctionDeclaration") return null;
  const newline = newlineOf(code);
  return [{ range: [parent.range[0], body.range[0]], text: "" }, ...edits, { range: [parent.range[1], parent.range[1]], text: `${newline}${newline}export default ${name};` }];
}
