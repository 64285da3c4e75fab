/** When can a class dispose its fields in the method by which its framework ends it? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import type { Lifecycle } from "../../libraries/frameworks.js";
import type { OwnedField } from "../../ownership/classes/fields.js";
import { isNothing } from "../../ownership/values/destination.js";
import { isInside } from "../../ownership/values/functions.js";
import type { Edit } from "../text/edit.js";
import { disposalOf, memberAtEnd } from "./disposable-class.js";

/**
 * Gives a class the method by which its framework ends it, which disposes what
 * the class acquired, the latest first, and then calls that of its base; `null`
 * where the framework would not wait for that, and where an object that begins
 * anew would not have its resources again.
 */
export function writeHook(code: Code, declared: TSESTree.ClassDeclaration, lifecycle: Lifecycle, fields: readonly OwnedField[]): readonly Edit[] | null {
  const { awaits, end } = lifecycle;
  const waits = fields.some(needsAwait);
  if (code.types === null || (waits && !awaits) || !fields.every((field) => isAcquiredAnew(declared.body, lifecycle, field))) return null;
  const inherited = code.types.inheritedDisposer(declared, { name: end });
  const isAsync = waits || (awaits && inherited !== null);
  const steps = [
    ...fields.toSorted((one, other) => other.acquiredAt - one.acquiredAt).map(disposalOf),
    ...(inherited?.callable === true ? [`${isAsync ? "await " : ""}super.${end}();`] : []),
  ];
  const result = code.isJavaScript ? "" : isAsync ? ": Promise<void>" : ": void";
  const override = inherited !== null && !code.isJavaScript ? "override " : "";
  return [memberAtEnd(code, declared.body, `${override}${isAsync ? "async " : ""}${end}()${result} {`, steps)];
}

/** Whether the disposal of what a field holds gives a promise. */
export function needsAwait({ resource: { kind, release } }: Pick<OwnedField, "resource">): boolean {
  return kind === "async" || release?.isAsync === true;
}

/** Whether the end of an object is final, or its next beginning acquires what a field held. */
export function isAcquiredAnew(body: TSESTree.ClassBody, { begin }: Lifecycle, { acquisition, writes }: OwnedField): boolean {
  if (begin === null) return true;
  const beginning = body.body.find((member) => member.type === "MethodDefinition" && !member.computed && member.key.type === "Identifier" && member.key.name === begin);
  return beginning !== undefined && isInside(acquisition.call, beginning) && writes.every(({ member, value }) => member === beginning || isNothing(value));
}
