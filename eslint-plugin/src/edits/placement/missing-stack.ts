/** Why can no stack be made in a file? */

import type { Code } from "../../code.js";
import type { StackName } from "../../ownership/scopes/stack.js";
import { lowest, nodeWithoutStacks } from "../../platform/node.js";

/**
 * Why a stack cannot be made in a file, if it cannot: its types have no such name,
 * or its package is meant for a Node that has none, where the new stack would be
 * no-unsupported-disposal's next finding. Compilers lower `using`; stacks they do
 * not bring. Reads package.json: to be asked last.
 */
export function whyNoStack({ fileName, types }: Code, name: StackName): string | null {
  if (types?.hasGlobal(name) !== true) return `This project's types have no \`${name}\`: it takes Node 24 and \`ESNext.Disposable\` in \`lib\`.`;
  // What the project declares itself, it brings.
  const node = types.hasLibraryGlobal(name) ? nodeWithoutStacks(fileName) : null;
  return node === null ? null : `${node.by} allows Node ${lowest(node)}, which has no \`${name}\`: load a polyfill, or raise the range.`;
}
