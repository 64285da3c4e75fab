import type { Code } from "../../code.js";
import type { StackName } from "../../ownership/stack.js";

/** Why a stack cannot be made here, if it cannot: the project's types say what its platform has. */
export function whyNoStack({ types }: Code, name: StackName): string | null {
  return types?.hasGlobal(name) === true ? null : `This project's types have no \`${name}\`: it takes Node 24 and \`ESNext.Disposable\` in \`lib\`.`;
}
