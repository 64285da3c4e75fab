import type ts from "typescript";

/**
 * A declaration as its tree shows it without asking for kinds of nodes, whose
 * numbers differ between versions of TypeScript.
 */
interface Declaration extends ts.Node {
  readonly name?: ts.Node & { readonly text?: unknown };
  readonly type?: ts.TypeNode;
  readonly body?: ts.Node;
  readonly initializer?: ts.Node;
  readonly parameters?: readonly ts.Node[];
}

interface Named {
  readonly declaration: Declaration;
  /** Declared inside a function, so that no member expression names it. */
  readonly isLocal: boolean;
}

type Names = ReadonlyMap<string, readonly Named[]>;

const declared = new WeakMap<ts.SourceFile, Names>();

const speaksOfOwnership = /:\s*(?:Promise<\s*)?AsyncDisposable\b|@owned\b/u;

/**
 * The functions, and the values that may stand for one, that a file declares and
 * whose ownership can be decided by more than their name: those with a body, and
 * in declaration files those with a tag or an `AsyncDisposable` result.
 */
function namesIn(file: ts.SourceFile): Names {
  const known = declared.get(file);
  if (known !== undefined) return known;
  const names = new Map<string, Named[]>();
  const visit = (node: Declaration, inFunction: boolean): void => {
    const name = nameOf(node, file.isDeclarationFile);
    if (name !== null) {
      const isLocal = inFunction && ("declarations" in node.parent || "statements" in node.parent);
      names.set(name, [...(names.get(name) ?? []), { declaration: node, isLocal }]);
    }
    const inside = inFunction || (node.parameters !== undefined && node.body !== undefined);
    node.forEachChild((child) => {
      visit(child, inside);
    });
  };
  if (!file.isDeclarationFile || speaksOfOwnership.test(file.text)) visit(file, false);
  declared.set(file, names);
  return names;
}

function nameOf(node: Declaration, isDeclarationFile: boolean): string | null {
  const name = node.name?.text;
  if (typeof name !== "string") return null;
  const { body, initializer, parameters } = node;
  const isFunction = parameters !== undefined && (isDeclarationFile || body !== undefined);
  const isRenamed = "objectAssignmentInitializer" in node || "propertyName" in node;
  // A literal is no function; everything else may stand for one.
  const isValue = initializer !== undefined && ("escapedText" in initializer || !("text" in initializer));
  return isFunction || isRenamed || isValue ? name : null;
}

/** The name behind a shorthand property or a renaming `import`, `export` or pattern. */
function originalName({ name, ...rest }: Declaration): string {
  const { propertyName } = rest as { readonly propertyName?: { readonly text?: string } };
  return propertyName?.text ?? (name?.text as string);
}

/** A constructor call other than that of an error or a collection, a disposer, a tag. */
const makesSomething = /(?<!\bthrow\s+)\bnew\s+(?!\w*(?:Array|Date|Error|Map|Promise|Proxy|RegExp|Set|URL)\b)|[dD]ispos|@owned\b/u;

/** The questions about annotations that names leave open; none of them makes TypeScript infer anything. */
export interface Annotations {
  readonly isResource: (annotation: ts.TypeNode) => boolean;
  readonly returnsResource: (annotation: ts.TypeNode) => boolean;
}

/**
 * Whether any declaration under a member's name may return a resource and lets
 * more than its name decide who owns it: by its annotation, or, where it has
 * none, if its text makes something or calls what may. This spares most member
 * calls the question for the type of their receiver, which is what makes typed
 * rules slow.
 *
 * @param makes whether a function without a body gives an owned resource, by its name
 */
export function memberNames(program: ts.Program, annotations: Annotations): (name: string, makes: (name: string) => boolean) => boolean {
  const members = new Map<string, boolean>();
  const functions = new Map<string, boolean>();
  let files: readonly Names[] | null = null;

  const some = (name: string, known: Map<string, boolean>, withLocals: boolean, makes: (name: string) => boolean): boolean => {
    let answer = known.get(name);
    if (answer === undefined) {
      known.set(name, false); // functions that call each other end here
      files ??= program.getSourceFiles().map(namesIn).filter((names) => names.size > 0);
      answer = files.some((names) => names.get(name)?.some(({ declaration, isLocal }) => (withLocals || !isLocal) && mayReturnResource(declaration, makes)) === true);
      known.set(name, answer);
    }
    return answer;
  };

  const mayReturnResource = (declaration: Declaration, makes: (name: string) => boolean): boolean => {
    const { body, initializer, parameters, type } = declaration;
    if (parameters !== undefined) return type === undefined ? mayMake(body ?? declaration, makes) : annotations.isResource(type);
    if (type !== undefined) return annotations.returnsResource(type);
    if (initializer === undefined) return mayBe(originalName(declaration), makes);
    return (initializer as Declaration).parameters === undefined ? mayMake(initializer, makes) || !("arguments" in initializer) : mayReturnResource(initializer, makes);
  };

  const mayMake = (node: ts.Node, makes: (name: string) => boolean): boolean => {
    const text = node.getText();
    if (makesSomething.test(text)) return true;
    for (const [, name = ""] of text.matchAll(/([\w$]+)\s*(?:<[^<>]*>)?\(/gu)) {
      if (mayBe(name, makes)) return true;
    }
    return false;
  };

  const mayBe = (name: string, makes: (name: string) => boolean): boolean => makes(name) || some(name, functions, true, makes);

  return (name, makes) => some(name, members, false, makes);
}
