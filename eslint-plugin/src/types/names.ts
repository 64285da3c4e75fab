import type ts from "typescript";

import { alternatives, isAssignment, isCall, isConstruction, isData, isFunction, isGenerator, isGetter, isObject, lastName, returnedBy, type Declaration } from "./tree.js";

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
    if (name !== null) found.push([name, { declaration: node, isLocal: inFunction && isVariable(node) }]);
    const inside = inFunction || (node.parameters !== undefined && node.body !== undefined);
    node.forEachChild((child) => {
      visit(child, inside);
    });
  };
  visit(statement, false);
  inStatements.set(statement, found);
  return found;
}

function isVariable(node: Declaration): boolean {
  return "declarations" in node.parent || "statements" in node.parent || (isAssignment(node) && "escapedText" in node.left);
}

function nameOf(node: Declaration): string | null {
  const name = node.name?.text ?? (isAssignment(node) ? lastName(node.left) : null);
  if (typeof name !== "string") return null;
  const { initializer, parameters } = node;
  const isRenamed = "objectAssignmentInitializer" in node || "propertyName" in node;
  // A default import; `open = …`, `exports.open = …`.
  const isOpaque = "phaseModifier" in node || "namedBindings" in node || isAssignment(node);
  return parameters !== undefined || isRenamed || isOpaque || (initializer !== undefined && !isData(initializer)) ? name : null;
}

/** The name behind a shorthand property or a renaming `import`, `export` or pattern. */
function originalName({ name, ...rest }: Declaration): string {
  const { propertyName } = rest as { readonly propertyName?: { readonly text?: string } };
  return propertyName?.text ?? (name?.text as string);
}

/** Collections, errors and other data that nobody has to dispose of. */
const makesData = /(?:Array|Date|Error|Map|Promise|Proxy|RegExp|Set|URL)$/u;

const hasDisposer = /[dD]ispos/u;

/** The questions about annotations that names leave open; none of them makes TypeScript infer anything. */
export interface Annotations {
  readonly isResource: (annotation: ts.TypeNode) => boolean;
  readonly returnsResource: (annotation: ts.TypeNode) => boolean;
}

/** Whether a function without a body gives an owned resource, by its name. */
type Makes = (name: string) => boolean;

/** Both questions take a name and whether a function without a body gives an owned resource, by its name. */
export interface NameQuestions {
  readonly functionCanReturnResource: (name: string, makes: Makes) => boolean;
  readonly memberCanReturnResource: (name: string, makes: Makes) => boolean;
}

/**
 * Whether any declaration under the name of a function or a member may return a
 * resource and lets more than its name decide who owns it: by its annotation, or,
 * where it has none, by the names in what it returns. This spares most calls the
 * question for the type of their callee, which is what makes typed rules slow. It
 * says no only where `resultOwner` would not say *owned*.
 */
export function byNames(program: ts.Program, annotations: Annotations): NameQuestions {
  let files: readonly Names[] | null = null;
  const declared = (name: string): readonly Named[] => {
    files ??= program.getSourceFiles().map(namesIn).filter((names) => names.size > 0);
    return files.flatMap((names) => names.get(name) ?? []);
  };

  /** Of a declared function or value, once it is called. */
  const declarationMay = (declaration: Declaration, makes: Makes): boolean => {
    const { initializer, name, type } = declaration;
    if (isAssignment(declaration)) return valueMay(declaration.right, makes);
    if (name === undefined || "namedBindings" in declaration || "phaseModifier" in declaration || isTagged(declaration)) return true;
    if (isFunction(declaration) && !isGetter(declaration)) return functionMay(declaration, makes);
    if (type !== undefined) return annotations.returnsResource(type);
    if (isGetter(declaration)) return true;
    return initializer === undefined ? mayBe(originalName(declaration), makes) : valueMay(initializer, makes);
  };

  const valueMay = (value: ts.Node, makes: Makes): boolean =>
    alternatives(value).some((each) => {
      if (isFunction(each)) return functionMay(each, makes);
      if (isData(each) || isObject(each)) return false;
      if (isCall(each)) return nameMay(each.expression, makes) || each.arguments?.some((argument) => valueMay(argument, makes)) === true;
      return nameMay(each, makes);
    });

  /** Of a function, or of a function that it returns: `const open = lazily(() => …)` has the result of the latter. */
  const functionMay = (declaration: Declaration, makes: Makes): boolean => {
    const { body, type } = declaration;
    if (type !== undefined) return annotations.isResource(type);
    if (isGenerator(declaration)) return false;
    return body === undefined || returnedBy(declaration).some((each) => resultMay(each, makes));
  };

  const resultMay = (result: ts.Node, makes: Makes): boolean => {
    if (isFunction(result)) return functionMay(result, makes);
    if (isObject(result)) return hasDisposer.test(result.getText());
    if (!isCall(result)) return false;
    const { arguments: [given] = [], expression } = result;
    if (isConstruction(result)) return !makesData.test(lastName(expression) ?? "");
    return nameMay(expression, makes) || (given !== undefined && alternatives(given).some((each) => resultMay(each, makes)));
  };

  const nameMay = (named: ts.Node, makes: Makes): boolean => {
    const name = lastName(named);
    return name === null || mayBe(name, makes);
  };

  const mayBe = (name: string, makes: Makes): boolean => makes(name) || ofFunctions(name, makes);
  const ofFunctions = throughCycles((name, makes: Makes) => declared(name).some(({ declaration }) => declarationMay(declaration, makes)));
  const ofMembers = throughCycles((name, makes: Makes) => declared(name).some(({ declaration, isLocal }) => !isLocal && declarationMay(declaration, makes)));
  return { functionCanReturnResource: ofFunctions, memberCanReturnResource: ofMembers };
}

/** Whether a declaration's comment says who owns its result. */
function isTagged(declaration: Declaration): boolean {
  const { text } = declaration.getSourceFile();
  return text.slice(declaration.getFullStart(), declaration.getStart()).includes("@owned");
}

/**
 * Remembers the answers to a question that asks itself about other names. A name
 * that is asked about while its own answer is awaited counts as a no for that
 * while; what was concluded from it is kept only if it stays one, so that an
 * answer never depends on which name came first.
 */
function throughCycles<Rest extends readonly unknown[]>(ask: (name: string, ...rest: Rest) => boolean): (name: string, ...rest: Rest) => boolean {
  const known = new Map<string, boolean>();
  /** The names whose answer is awaited, outermost first, and the outermost of them that each has met. */
  const awaited = new Map<string, { readonly depth: number; met: number }>();
  let concluded: { readonly name: string; readonly met: number }[] = [];
  return (name, ...rest) => {
    const answered = known.get(name);
    if (answered !== undefined) return answered;
    const outer = [...awaited.values()].at(-1);
    const again = awaited.get(name);
    if (again !== undefined) {
      if (outer !== undefined) outer.met = Math.min(outer.met, again.depth);
      return false;
    }
    const own = { depth: awaited.size, met: Number.POSITIVE_INFINITY };
    awaited.set(name, own);
    const answer = ask(name, ...rest);
    awaited.delete(name);
    if (answer || own.met >= own.depth) {
      known.set(name, answer);
      // What met this name or one inside it was answered with it.
      if (!answer) for (const each of concluded.filter(({ met }) => met >= own.depth)) known.set(each.name, false);
      concluded = concluded.filter(({ met }) => met < own.depth);
    } else {
      concluded.push({ name, met: own.met });
      if (outer !== undefined) outer.met = Math.min(outer.met, own.met);
    }
    return answer;
  };
}
