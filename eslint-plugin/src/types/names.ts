import type ts from "typescript";

/** What a declaration is called as a member, and the node that declares it. */
type Named = ReadonlyMap<string, readonly ts.Node[]>;

/**
 * A declaration as its tree shows it without asking for kinds of nodes, whose
 * numbers differ between versions of TypeScript.
 */
interface Member extends ts.Node {
  readonly name?: ts.Node & { readonly text?: unknown };
  readonly type?: ts.TypeNode;
  readonly body?: ts.Node;
  readonly initializer?: ts.Node;
  readonly parameters?: readonly ts.Node[];
}

const declared = new WeakMap<ts.SourceFile, Named>();

const speaksOfOwnership = /:\s*(?:Promise<\s*)?AsyncDisposable\b|@owned\b/u;

/**
 * The names under which a file declares functions whose ownership can be decided
 * by more than their name: those with a body, and in declaration files those with
 * a tag or an `AsyncDisposable` result. A superset, read from the tree alone.
 */
function membersOf(file: ts.SourceFile): Named {
  const known = declared.get(file);
  if (known !== undefined) return known;
  const members = new Map<string, ts.Node[]>();
  if (!file.isDeclarationFile || speaksOfOwnership.test(file.text)) {
    const visit = (node: ts.Node): void => {
      const name = nameOfMember(node as Member, file.isDeclarationFile);
      if (name !== null) members.set(name, [...(members.get(name) ?? []), node]);
      node.forEachChild(visit);
    };
    file.forEachChild(visit);
  }
  declared.set(file, members);
  return members;
}

function nameOfMember(node: Member, isDeclarationFile: boolean): string | null {
  const name = node.name?.text;
  if (typeof name !== "string") return null;
  const isFunction = node.parameters !== undefined && (isDeclarationFile || node.body !== undefined);
  const isShorthand = "objectAssignmentInitializer" in node || "propertyName" in node;
  return isFunction || isShorthand || mayHoldFunction(node.initializer) ? name : null;
}

/** A literal is no function; everything else may stand for one. */
function mayHoldFunction(value: ts.Node | undefined): boolean {
  return value !== undefined && ("escapedText" in value || !("text" in value));
}

/** The questions about annotations that names leave open; none of them makes TypeScript infer anything. */
export interface Annotations {
  readonly isResource: (annotation: ts.TypeNode) => boolean;
  readonly returnsResource: (annotation: ts.TypeNode) => boolean;
}

/**
 * Whether a declaration may return a resource: by its annotation, or, where it
 * has none, unless it returns nothing.
 */
function mayReturnResource(declaration: Member, annotations: Annotations): boolean {
  const { body, initializer, parameters, type } = declaration;
  if (parameters !== undefined) {
    if (type !== undefined) return annotations.isResource(type);
    return body === undefined || !body.getText().startsWith("{") || /\breturn\b/u.test(body.getText());
  }
  if (type !== undefined) return annotations.returnsResource(type);
  return initializer === undefined || mayReturnResource(initializer as Member, annotations);
}

/**
 * Whether any declaration under a member's name may return a resource and lets
 * more than its name decide who owns it. This spares most member calls the
 * question for the type of their receiver, which is what makes typed rules slow.
 */
export function memberNames(program: ts.Program, annotations: Annotations): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  let files: readonly Named[] | null = null;
  return (name) => {
    let answer = answers.get(name);
    if (answer === undefined) {
      files ??= program.getSourceFiles().map(membersOf).filter((members) => members.size > 0);
      answer = files.some((members) => members.get(name)?.some((declaration) => mayReturnResource(declaration, annotations)) === true);
      answers.set(name, answer);
    }
    return answer;
  };
}
