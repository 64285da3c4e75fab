import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import type { Fate } from "../flow/fate/fate.js";
import type { Holder } from "../flow/fate/holder.js";
import type { Exit } from "../flow/walk/exit.js";
import { acquisitionIn } from "../ownership/owners/acquisition.js";
import type { Disposer } from "../ownership/release/disposer.js";
import { isAsyncFunction } from "../ownership/scopes/given-resource.js";
import type { Scoped } from "../ownership/scopes/scoped-variable.js";
import { stackDeclaration, type Registration } from "../ownership/scopes/stack.js";
import type { Use } from "../ownership/uses/use.js";
import { unwrap } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { returnedBy } from "../ownership/values/functions.js";
import { declaratorOf, variableOf, type Variable } from "../ownership/values/variables.js";
import type { FunctionNode } from "../syntax.js";
import { scopeText } from "./leak.js";
import type { Site } from "./related-sites.js";

type Sites = readonly Site[];

/** A node, or, of a call that goes over several lines, what is called. */
export function siteAt(node: TSESTree.Node, says: string): Site {
  const isCall = node.type === "CallExpression" || node.type === "NewExpression";
  const [, end] = isCall && node.loc.start.line < node.loc.end.line ? node.callee.range : node.range;
  return { range: [node.range[0], end], says };
}

/** Where a held resource is acquired and left open, and, where the code discharges it at all, where it does. */
export function leakSites(code: Code, fate: Extract<Fate, { readonly is: "leaks-on-path" | "overwritten" | "undischarged" }>): Sites {
  const { exits, holder, is } = fate;
  const discharges = holder.uses.filter(({ how }) => how !== "borrowed");
  return [
    acquiredAt(holder),
    ...exits.flatMap((exit) => leftOpenAt(code, exit)),
    ...discharges.map((use) => siteAt(use.at, is === "overwritten" ? `Only what \`${holder.name}\` holds by then ${dischargeText(use)}` : `It ${dischargeText(use)}, but not on every path`)),
  ];
}

export function acquiredAt({ acquisition, name }: Pick<Holder, "acquisition" | "name">): Site {
  return siteAt(acquisition.call, `\`${name}\` is acquired here`);
}

function leftOpenAt(code: Code, { by, node }: Exit): Sites {
  switch (by) {
    case "break":
    case "continue":
    case "return":
    case "throw":
      return [siteAt(node, `This \`${by}\` leaves it open`)];
    case "yield":
      return [siteAt(node, "Whoever stops iterating here leaves it open")];
    case "end":
      return endOf(node, `It is still open at the end of ${scopeText(code, node)}`);
    case "overwrite":
      return [siteAt(node, "It is replaced here while it is still open")];
  }
}

function dischargeText({ how }: Use): string {
  switch (how) {
    case "disposed":
      return "is disposed here";
    case "transferred":
      return "is handed on here";
    default:
      return "may be disposed here";
  }
}

/** The call that a variable's resource comes from, acquired there or not. */
export function originSites(code: Code, expression: TSESTree.Node): Sites {
  const variable = expression.type === "Identifier" ? variableOf(code, expression) : null;
  const init = variable === null ? null : declaratorOf(variable)?.init;
  if (variable === null || init == null) return [];
  const acquisition = acquisitionIn(code, init);
  if (acquisition !== null) return [acquiredAt({ acquisition, name: variable.name })];
  const origin = unwrap(init);
  return origin.type === "CallExpression" || origin.type === "NewExpression" ? [siteAt(origin, `\`${variable.name}\` comes from here`)] : [];
}

/** Where a scope is given its resource, and where it disposes it. */
export function scopeSites({ keyword, stack, variable }: Scoped): Sites {
  const owner = stack ?? variable;
  const contents = stack === null ? "" : " and all it holds";
  return [
    ...declarationSites(owner, `\`${keyword}\` scopes \`${owner.name}\` here`),
    ...(owner === variable ? [] : declarationSites(variable, `\`${owner.name}\` takes \`${variable.name}\` over here`)),
    ...endOf(owner.scope.block, `The scope disposes \`${owner.name}\`${contents} here`),
  ];
}

function declarationSites({ identifiers: [identifier] }: Variable, says: string): Sites {
  return identifier?.type === "Identifier" ? [nameSite(identifier, says)] : [];
}

/** A name without its type annotation. */
export function nameSite({ name, range: [start] }: TSESTree.Identifier, says: string): Site {
  return { range: [start, start + name.length], says };
}

/** The closing brace of a scope, if it has one. */
function endOf(scope: TSESTree.Node, says: string): Sites {
  switch (scope.type) {
    case "BlockStatement":
    case "StaticBlock":
    case "SwitchStatement":
      return [{ range: [scope.range[1] - 1, scope.range[1]], says }];
    case "ArrowFunctionExpression":
    case "ForInStatement":
    case "ForOfStatement":
    case "ForStatement":
    case "FunctionDeclaration":
    case "FunctionExpression":
      return endOf(scope.body, says);
    default:
      return [];
  }
}

/** Why a call, or calling a function by its name, gives a promise: the `async` function of this file. */
export function asyncSites(code: Code, expression: TSESTree.Node): Sites {
  const inner = unwrap(expression);
  const called = inner.type === "CallExpression" ? inner.callee : inner;
  const variable = called.type === "Identifier" && isAsyncFunction(code, called) ? variableOf(code, called) : null;
  return variable === null ? [] : declarationSites(variable, `\`${variable.name}\` is an \`async\` function`);
}

/** Why a function gives promises though it is not `async`: what it returns, and what it declares. */
export function promiseSites(code: Code, body: FunctionNode): Sites {
  return [
    ...(body.returnType !== undefined && code.types?.returnsPromise(body) === "always" ? [siteAt(body.returnType.typeAnnotation, "This declares a promise")] : []),
    ...returnedBy(code, body).filter((value) => code.types?.isPromise(value) === true).map((value) => siteAt(value, "This is a promise")),
  ];
}

/** The `async` of a disposer. */
export function asyncKeywordSites(code: Code, { body, key }: Disposer): Sites {
  if (body?.async !== true) return [];
  const start = isMethod(body) ? code.text.lastIndexOf("async", key.range[0]) : body.range[0];
  return [{ range: [start, start + "async".length], says: "`async` makes it give a promise" }];
}

/** The `*` of a disposer. */
export function starSites(code: Code, { body, key }: Disposer): Sites {
  if (body?.generator !== true) return [];
  const start = isMethod(body) ? code.text.lastIndexOf("*", key.range[0]) : code.text.indexOf("*", body.range[0]);
  return [{ range: [start, start + 1], says: "The `*` makes it a generator" }];
}

function isMethod({ parent }: FunctionNode): boolean {
  return parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method);
}

/** The disposers of the class that a `new` expression names, if it is a class of this file. */
export function disposerSites(code: Code, expression: TSESTree.Node): Sites {
  const made = unwrap(expression);
  const variable = made.type === "NewExpression" && made.callee.type === "Identifier" ? variableOf(code, made.callee) : null;
  const definition = variable?.defs[0]?.node;
  if (definition?.type !== "ClassDeclaration") return [];
  return definition.body.body.flatMap((member) => {
    const key = "key" in member && !member.static ? member.key : null;
    const symbol = key === null ? null : symbolOf(key, true);
    return key === null || symbol === null ? [] : [siteAt(key, `Its ${symbol === "dispose" ? "synchronous" : "asynchronous"} disposer is defined here`)];
  });
}

/** Where a stack is made, and the method that is given something. */
export function registrationSites(code: Code, { call, stack }: Registration, says: string): Sites {
  const made = stackDeclaration(code, stack)?.made;
  const { callee } = call;
  return [
    ...(made === undefined ? [] : [siteAt(made, "The stack is made here")]),
    ...(callee.type === "MemberExpression" ? [siteAt(callee.property, says)] : []),
  ];
}

/** The name of the method that a call names. */
export function methodSites(call: TSESTree.Node, says: string): Sites {
  return call.type === "CallExpression" && call.callee.type === "MemberExpression" ? [siteAt(call.callee.property, says)] : [];
}

/** A function up to its body. */
export function headSite(code: Code, around: FunctionNode, says: string): Site {
  const { parent } = around;
  const start = isMethod(around) ? parent.range[0] : around.range[0];
  const head = code.text.slice(start, around.body.range[0]).trimEnd();
  return { range: [start, start + head.length], says };
}
