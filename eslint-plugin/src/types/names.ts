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

const inFiles = new WeakMap<ts.SourceFile, Names>();
// After an edit TypeScript keeps the nodes of every statement that it did not parse again.
const inStatements = new WeakMap<ts.Node, readonly (readonly [name: string, Named])[]>();

const speaksOfOwnership = /:\s*(?:Promise<\s*)?AsyncDisposable\b|@owned\b/u;

/**
 * The functions, and the values that may stand for one, that a file declares and
 * whose ownership can be decided by more than their name: in declaration files
 * those with a tag or an `AsyncDisposable` result.
 */
function namesIn(file: ts.SourceFile): Names {
  const known = inFiles.get(file);
  if (known !== undefined) return known;
  const names = new Map<string, Named[]>();
  if (!file.isDeclarationFile || speaksOfOwnership.test(file.text)) {
    for (const [name, named] of file.statements.flatMap(namedIn)) {
      const others = names.get(name);
      if (others === undefined) names.set(name, [named]);
      else others.push(named);
    }
  }
  inFiles.set(file, names);
  return names;
}

function namedIn(statement: ts.Statement): readonly (readonly [name: string, Named])[] {
  const known = inStatements.get(statement);
  if (known !== undefined) return known;
  const found: (readonly [string, Named])[] = [];
  const visit = (node: Declaration, inFunction: boolean): void => {
    const name = nameOf(node);
    if (name !== null) found.push([name, { declaration: node, isLocal: inFunction && ("declarations" in node.parent || "statements" in node.parent) }]);
    const inside = inFunction || (node.parameters !== undefined && node.body !== undefined);
    node.forEachChild((child) => {
      visit(child, inside);
    });
  };
  visit(statement, false);
  inStatements.set(statement, found);
  return found;
}

function nameOf(node: Declaration): string | null {
  const name = node.name?.text ?? (isAssignment(node) ? node.left.name?.text : undefined);
  if (typeof name !== "string") return null;
  const { initializer, parameters } = node;
  const isRenamed = "objectAssignmentInitializer" in node || "propertyName" in node;
  // A default import, and `exports.open = …` in JavaScript.
  const isOpaque = "phaseModifier" in node || "namedBindings" in node || isAssignment(node);
  // A literal is no function; everything else may stand for one.
  const isValue = initializer !== undefined && ("escapedText" in initializer || !("text" in initializer));
  return parameters !== undefined || isRenamed || isOpaque || isValue ? name : null;
}

function isAssignment(node: ts.Node): node is Declaration & { readonly left: Declaration } {
  return "operatorToken" in node && "left" in node;
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

/** Both questions take a name and whether a function without a body gives an owned resource, by its name. */
export interface NameQuestions {
  readonly functionCanReturnResource: (name: string, makes: (name: string) => boolean) => boolean;
  readonly memberCanReturnResource: (name: string, makes: (name: string) => boolean) => boolean;
}

/**
 * Whether any declaration under the name of a function or a member may return a
 * resource and lets more than its name decide who owns it: by its annotation, or,
 * where it has none, if its text makes something or calls what may. This spares
 * most calls the question for the type of their callee, which is what makes typed
 * rules slow.
 */
export function byNames(program: ts.Program, annotations: Annotations): NameQuestions {
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
    if (declaration.name === undefined || "namedBindings" in declaration || "phaseModifier" in declaration) return true;
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

  return {
    functionCanReturnResource: (name, makes) => some(name, functions, true, makes),
    memberCanReturnResource: (name, makes) => some(name, members, false, makes),
  };
}
