/** What is remembered about one program? */

import type ts from "typescript";

import type { Callee, Code } from "../code.js";
import type { Settings } from "../settings.js";
import type { Declaration } from "./declaration.js";
import { kindsOf, type Kind } from "./kind.js";
import { declarationsOf } from "./meaning.js";
import { byNames, type NameQuestions } from "./names.js";
import { isHeld, someReturnsResource } from "./returned.js";

/** Everything remembered about one program under the same settings; it goes when the program goes. */
export interface Memory {
  readonly kindOf: (type: ts.Type) => Kind;
  readonly canReturnResource: WeakMap<ts.Type, boolean>;
  readonly names: NameQuestions;
  readonly callees: WeakMap<object, Callee>;
  /** Which function of the program implements a member of an interface. */
  readonly implementations: WeakMap<Declaration, Declaration | null>;
  readonly codes: WeakMap<ts.SourceFile, Code | null>;
  /** The files that an editor has asked for: with their comments. */
  readonly edited: WeakMap<ts.SourceFile, Code | null>;
}

const memories = new WeakMap<ts.Program, Map<string, Memory>>();

/** The memory of a program under some settings, the same for all its files. */
export function memoryOf(program: ts.Program, settings: Settings): Memory {
  const variants = memories.get(program) ?? new Map<string, Memory>();
  memories.set(program, variants);
  const known = variants.get(settings.key);
  if (known !== undefined) return known;
  const memory = emptyMemory(program, settings);
  variants.set(settings.key, memory);
  return memory;
}

function emptyMemory(program: ts.Program, { inertTypes, resourceTypes }: Settings): Memory {
  const checker = program.getTypeChecker();
  const kindOf = kindsOf(program, inertTypes, resourceTypes);
  const canReturnResource = new WeakMap<ts.Type, boolean>();
  const names = byNames(
    program,
    {
      declarationsOf: (callee) => declarationsOf(callee, checker),
      isResource: (annotation) => isHeld(checker.getTypeFromTypeNode(annotation), checker, kindOf),
      returnsResource: (annotation) => someReturnsResource(checker.getTypeFromTypeNode(annotation), "call", checker, kindOf, canReturnResource),
    },
    (type) => resourceTypes.some((manual) => manual.type === type),
  );
  return { kindOf, canReturnResource, names, callees: new WeakMap(), implementations: new WeakMap(), codes: new WeakMap(), edited: new WeakMap() };
}
