import type { TSESTree } from "@typescript-eslint/utils";

import { propertyName } from "./destination.js";

/** Members that tell whether the resource is still open: whoever asks them manages it by state. */
export const tellsState = /^(?:is|was|has)?(?:[Aa]ctive|[Aa]live|[Cc]losed|[Cc]losing|[Cc]onnected|[Dd]estroyed|[Dd]isposed|[Ee]nded|[Oo]pen|[Oo]pened|[Rr]eleased|[Ss]topped)$/u;

/** Whether a member tells if its resource is still open. */
export function tellsOpen(member: TSESTree.MemberExpression): boolean {
  return tellsState.test(propertyName(member) ?? "");
}
