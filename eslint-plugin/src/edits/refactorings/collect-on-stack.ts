/** Can the resources of the block at the cursor go on one stack? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isStackName } from "../../ownership/scopes/stack.js";
import { functionAround } from "../../ownership/values/functions.js";
import { scopedBy } from "../../ownership/values/variables.js";
import { heldBy, whyNotScoped, workOn, type Held } from "../by-hand/held.js";
import { whyNoStack } from "../placement/missing-stack.js";
import { canAwait, functionToMakeAsync, insertBefore } from "../placement/placement.js";
import { freeName } from "../text/free-name.js";
import { awaited, makeAsync } from "../waiting/await.js";
import { around, offer, refuse, type Name, type Refactor } from "./refactoring.js";

/** Two or more acquisitions of a block → one stack that disposes them all. */
export const collectOnStack: Refactor = (code, selection) => {
  const declaration = around(selection, (node) => node.type === "VariableDeclaration");
  const block = declaration?.parent;
  if (declaration === null || block?.type !== "BlockStatement" || functionAround(declaration) === null) return null;
  const chosen = heldIn(code, declaration);
  if (chosen === null) return severalIn(code, declaration) ? refuse({ kind: "extract", title: "Put these resources on a stack" }, "Declare each of them in a statement of its own first.") : null;
  const all = block.body.map((statement) => (statement.type === "VariableDeclaration" ? heldIn(code, statement) : null)).filter((each) => each !== null);
  const found = all.filter((held) => held.declaration === declaration || whyNot(code, held) === null);
  const [first, second] = found;
  if (first === undefined || second === undefined) return null;
  const isAsync = found.some(({ acquisition: { resource }, variable }) => resource.kind === "async" && scopedBy(variable) !== "using");
  const made = isAsync ? "AsyncDisposableStack" : "DisposableStack";
  const names = found.length > 3 ? `these ${String(found.length)} resources` : list(found.map(({ name }) => `\`${name}\``));
  const title: Name = { kind: "extract", title: `Put ${names} on ${isAsync ? "an" : "a"} \`${made}\`` };
  const needsAsync = isAsync && !canAwait(code, declaration);
  const promising = needsAsync ? functionToMakeAsync(code, declaration) : null;
  const because = whyNot(code, chosen) ?? whyNoStack(code, made) ?? (needsAsync && promising === null ? "`await` cannot stand here: make the function `async` first." : null);
  if (because !== null) return refuse(title, because);
  const stack = freeName(code, "stack");
  const keyword = isAsync ? "await using" : "using";
  const ahead = insertBefore(code, first.declaration, `${keyword} ${stack} = new ${made}();`);
  return offer(title, [
    ...(promising === null ? [] : [makeAsync(code, promising)]),
    ...found.flatMap((held) => {
      const { declaration: { declarations: [{ init }], kind, range: [start] }, variable } = held;
      const constant = { range: [start, start + kind.length] as const, text: `${held === first ? ahead.text : ""}${scopedBy(variable) === null ? kind : "const"}` };
      const [from, to] = (init as TSESTree.Expression).range;
      const work = scopedBy(variable) === null ? workOn(code, held).flatMap((promise) => awaited(promise)) : [];
      return [constant, { range: [from, from] as const, text: `${stack}.use(` }, { range: [to, to] as const, text: ")" }, ...work];
    }),
  ]);
};

/** The resource that the only declarator of a declaration acquires. */
function heldIn(code: Code, { declarations: [declarator, second] }: TSESTree.VariableDeclaration): Held | null {
  const held = second === undefined ? heldBy(code, declarator) : null;
  return isCollectable(held) ? held : null;
}

/** Whether one statement declares two or more of what its block acquires. */
function severalIn(code: Code, { declarations }: TSESTree.VariableDeclaration): boolean {
  return declarations.filter((declarator) => isCollectable(heldBy(code, declarator))).length > 1;
}

function isCollectable(held: Held | null): held is Held {
  return held !== null && held.acquisition.resource.kind !== "manual" && !isStackName(held.acquisition.resource.name);
}

function whyNot(code: Code, held: Held): string | null {
  const { acquisition, declaration, name, owner, promised, variable } = held;
  if (scopedBy(variable) !== null) return promised ? `\`${name}\` holds a promise: await it where it is declared.` : null;
  if (owner !== "owned") return `Nothing tells whether \`${acquisition.text}\` hands over what it gives; the tag \`@owned\` would.`;
  return declaration.kind === "var" ? "`var` belongs to the function, not to a block: declare it with `const` first." : whyNotScoped(code, held);
}

function list(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
