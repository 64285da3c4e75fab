/** Which uses of a module's resource come after the module has been evaluated? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isTimer, listens } from "../../lexicon/calling-back.js";
import { tellsState } from "../../lexicon/living.js";
import type { FunctionNode } from "../../syntax.js";
import { isRelease } from "../release/release-name.js";
import { argumentOwner } from "../uses/argument-owner.js";
import { calleeName, rootOf } from "../values/callee.js";
import { callOf, destinationOf, propertyName } from "../values/destination.js";
import { closureAround } from "../values/functions.js";
import { readsOf, scopedBy, variableOf, type Variable } from "../values/variables.js";
import { endsUnwaited, undoes } from "../waiting/unwaited.js";

/** A use of a module's variable that comes when the module has been evaluated. */
export interface UseAfterEvaluation {
  /** The reference itself. */
  readonly reference: TSESTree.Identifier;
  /** By what the use comes so late: the module hands it out, or a timer or an emitter keeps the function around it. */
  readonly by: "callback" | "export";
  /** The name or the call that says so. */
  readonly at: TSESTree.Node;
  /** The name that is exported; `default`, or a callback's call by its name. */
  readonly name: string;
}

type Way = Omit<UseAfterEvaluation, "reference">;

const deepest = 3;

/**
 * The uses of a module's variable that come after the module's evaluation: in
 * what it exports, and in callbacks of timers and emitters that nothing waits
 * for. By syntax alone. What the module itself calls or hands on while it is
 * evaluated may be meant for just that time, and is left out.
 */
export function usesAfterEvaluation(code: Code, variable: Variable): readonly UseAfterEvaluation[] {
  return readsOf(variable).flatMap((reference): readonly UseAfterEvaluation[] => {
    const closure = closureAround(reference, null);
    if (closure !== null && !needsOpen(code, reference)) return [];
    const way = closure === null ? fromValue(code, reference, 0) : fromFunction(code, closure, 0);
    return way === null ? [] : [{ ...way, reference }];
  });
}

/** Whether a reference calls the resource or hands it on, rather than to dispose it or to read data of it. */
function needsOpen(code: Code, reference: TSESTree.Identifier): boolean {
  const destination = destinationOf(reference);
  if (destination.to === "argument" || destination.to === "returned") return true;
  if (destination.to !== "receiver") return false;
  const { member } = destination;
  if (isRelease(code, member) || tellsState(propertyName(member))) return false;
  return callOf(member) !== null || destinationOf(member).to === "receiver";
}

/** Where the module's own code hands a value: to its exports, also in literals, wrappers or under another name. */
function fromValue(code: Code, node: TSESTree.Node, depth: number): Way | null {
  const destination = destinationOf(node);
  const outer = destination.value.parent;
  if (outer?.type === "ExportDefaultDeclaration") return { by: "export", at: outer, name: "default" };
  if (outer?.type === "ExportSpecifier") return exported(outer);
  switch (destination.to) {
    case "argument": {
      const { call, index } = destination;
      if (call.type === "CallExpression") return fromCallback(code, call);
      return argumentOwner(code, call, index) === "takes" ? fromValue(code, call, depth) : null;
    }
    case "assigned":
      return fromAssignment(code, destination.assignment);
    case "declared":
      return destination.declarator.parent.kind === "const" ? fromName(code, destination.declarator.id, depth) : null;
    case "literal":
      return fromValue(code, destination.literal, depth);
    default:
      return null;
  }
}

function exported(specifier: TSESTree.ExportSpecifier): Way {
  const { exported: name } = specifier;
  return { by: "export", at: specifier, name: name.type === "Identifier" ? name.name : name.value };
}

/** `module.exports = …`, `exports.query = …` */
function fromAssignment(code: Code, { left, operator }: TSESTree.AssignmentExpression): Way | null {
  if (operator !== "=" || left.type !== "MemberExpression") return null;
  const root = left.object;
  const isExports = root.type === "Identifier" && (root.name === "exports" || (root.name === "module" && propertyName(left) === "exports"));
  return isExports && (variableOf(code, root)?.defs.length ?? 0) === 0 ? { by: "export", at: left, name: propertyName(left) ?? "exports" } : null;
}

/** What becomes of a constant or a function: late only where the module does nothing with it but hand it out. */
function fromName(code: Code, id: TSESTree.Node, depth: number): Way | null {
  return id.type === "Identifier" ? fromVariable(code, id, variableOf(code, id), depth) : null;
}

/** The same of a class, whose name is a variable inside of it too. */
function fromClass(code: Code, owner: TSESTree.ClassDeclaration | TSESTree.ClassExpression, depth: number): Way | null {
  if (owner.type === "ClassExpression" || owner.id === null) return fromValue(code, owner, depth);
  return fromVariable(code, owner.id, code.scopes.getDeclaredVariables(owner)[0] ?? null, depth);
}

function fromVariable(code: Code, id: TSESTree.Identifier, variable: Variable | null, depth: number): Way | null {
  if (variable === null || depth > deepest) return null;
  const declared = exportAround(id);
  const ways = declared === null ? [] : [declared];
  for (const read of readsOf(variable)) {
    const closure = closureAround(read, null);
    const way = closure === null ? fromValue(code, read, depth + 1) : fromFunction(code, closure, depth + 1);
    // Whatever else the module does with it, it does while the resource is open.
    if (closure === null && way === null) return null;
    if (way !== null) ways.push(way);
  }
  return ways[0] ?? null;
}

/** `export const id = …`, `export function id() {}`, `export class id {}`, with or without `default`. */
function exportAround(id: TSESTree.Identifier): Way | null {
  const declaration = id.parent.type === "VariableDeclarator" ? id.parent.parent : id.parent;
  const { parent } = declaration;
  if (parent?.type === "ExportDefaultDeclaration") return { by: "export", at: id, name: "default" };
  return parent?.type === "ExportNamedDeclaration" ? { by: "export", at: id, name: id.name } : null;
}

/** When a function of the module that uses the resource is called. */
function fromFunction(code: Code, closure: FunctionNode, depth: number): Way | null {
  if (closure.type === "FunctionDeclaration" && closure.id !== null) return fromName(code, closure.id, depth);
  const owner = classAround(closure);
  if (owner !== null) return fromClass(code, owner, depth);
  if (closure.parent.type === "CallExpression" && closure.parent.callee === closure) return null;
  return fromValue(code, closure, depth);
}

/** The class of which a function is a method or a field. */
function classAround(closure: FunctionNode): TSESTree.ClassDeclaration | TSESTree.ClassExpression | null {
  const { parent } = closure;
  return parent.type === "MethodDefinition" || parent.type === "PropertyDefinition" ? parent.parent.parent : null;
}

/** A timer, or a listener on something that no scope ends, that nothing waits for and nothing takes back. */
function fromCallback(code: Code, call: TSESTree.CallExpression): Way | null {
  const name = calleeName(call) ?? "";
  const isScheduling = call.callee.type === "Identifier" && isTimer(name) && (variableOf(code, call.callee)?.defs.length ?? 0) === 0;
  const isListener = call.callee.type === "MemberExpression" && listens(name) && call.arguments.length < 3 && !isEnded(code, call.callee.object);
  if (!isScheduling && !isListener) return null;
  return endsUnwaited(code, code.ast, call) && !undoes(code, code.ast) ? { by: "callback", at: call, name } : null;
}

/** Whether an object is disposed by a scope too, so that it may call nobody afterwards. */
function isEnded(code: Code, object: TSESTree.Node): boolean {
  const root = rootOf(object);
  const variable = root.type === "Identifier" ? variableOf(code, root) : null;
  return variable !== null && scopedBy(variable) !== null;
}
