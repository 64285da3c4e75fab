// The ways in which people get `using` wrong, one function each. Each is asked about every node of a clean program.
import ts from "typescript";

/** A piece of the text and what takes its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What an operator makes of a node. */
export interface Mutation {
  readonly edits: readonly Replacement[];
  /** Whether the program still does what it did. */
  readonly same: boolean;
}

/** A clean file, with its types. */
export interface Clean {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
}

export type Operator = (node: ts.Node, clean: Clean) => Mutation | null;

/** By what the reader of the table is told; the names are also those of `survivors.json`. */
export const operators: Readonly<Record<string, Operator>> = {
  "`using` → `const`": (node, clean) => {
    if (!ts.isVariableDeclarationList(node) || keywordOf(node) === null) return null;
    return { edits: [replaced(keywordRange(node, clean), "const ")], same: node.declarations.every(({ name }) => isNothing(typeAt(name, clean))) };
  },

  "`await using` → `using`": (node, clean) => {
    if (!ts.isVariableDeclarationList(node) || keywordOf(node) !== "await using") return null;
    return { edits: [replaced(keywordRange(node, clean), "using ")], same: node.declarations.every(({ name }) => !has(typeAt(name, clean), "asyncDispose", clean)) };
  },

  "`await` of an acquisition": (node, clean) => (ts.isAwaitExpression(node) && isResource(typeAt(node, clean), clean) ? withoutAwait(node, clean) : null),

  // Work that is dropped earlier may well end while the scope waits for the rest: that is `no-floating-promises`' to report.
  "`await` of a scope's last work": (node, clean) =>
    ts.isAwaitExpression(node) && !ts.isReturnStatement(node.parent) && !isResource(typeAt(node, clean), clean) && !isDisposal(node.expression, clean) && isLastWork(node.expression, clean)
      ? withoutAwait(node, clean)
      : null,

  "`await` of a disposal": (node, clean) => (ts.isAwaitExpression(node) && isDisposal(node.expression, clean) ? withoutAwait(node, clean) : null),

  "`return await` in a scope": (node, clean) =>
    ts.isReturnStatement(node) && node.expression !== undefined && ts.isAwaitExpression(node.expression) && scopesAround(node).length > 0 ? withoutAwait(node.expression, clean) : null,

  "last line behind the scope": (node, clean) => {
    const found = scopedDeclaration(node);
    if (found === null) return null;
    const { statement, name, block } = found;
    const last = block.statements.at(-1);
    if (last === undefined || last === statement || ts.isReturnStatement(last) || !mentions(last, name, clean)) return null;
    const inside = block.statements.slice(block.statements.indexOf(statement), -1);
    if (inside.some((each) => each !== statement && namesIn(each).some((own) => mentions(last, own, clean)))) return null;
    const kept = freshName("kept", clean);
    return {
      edits: [
        insertion(statement.getStart(clean.file), `let ${kept};\n{\n`),
        ...(inside.length === 1
          ? [insertion(statement.end, `\n${kept} = ${name.text};\n}\n`)]
          : [insertion(statement.end, `\n${kept} = ${name.text};\n`), insertion(inside.at(-1)?.end ?? statement.end, "\n}\n")]),
        ...references(last, name, clean).map((reference) => replaced(rangeOf(reference, clean), ts.isShorthandPropertyAssignment(reference.parent) ? `${name.text}: ${kept}` : kept)),
      ],
      same: references(last, name, clean).every((reference) => readsData(reference, clean)),
    };
  },

  "last line into a callback that runs later": (node, clean) => {
    if (!ts.isExpressionStatement(node) || !ts.isBlock(node.parent) || !isLastWork(node.expression, clean)) return null;
    return { edits: [insertion(node.getStart(clean.file), "setTimeout(async () => {\n"), insertion(node.end, "\n}, 0);")], same: false };
  },

  "`super[…]()` of a disposer": (node, clean) => {
    const call = callIn(node);
    if (call === null || !ts.isElementAccessExpression(call.expression) || call.expression.expression.kind !== ts.SyntaxKind.SuperKeyword) return null;
    return { edits: [replaced(rangeOf(node, clean), ts.isReturnStatement(node) ? "return;" : "")], same: false };
  },

  "`finally`": (node, clean) => {
    if (!ts.isTryStatement(node) || node.finallyBlock === undefined) return null;
    const keyword = clean.file.text.lastIndexOf("finally", node.finallyBlock.getStart(clean.file));
    const edits = [replaced({ start: keyword, end: keyword + "finally".length }, ";")];
    if (node.catchClause === undefined) edits.push(replaced({ start: node.getStart(clean.file), end: node.tryBlock.getStart(clean.file) }, ""));
    return { edits, same: node.finallyBlock.statements.length === 0 };
  },

  "`.move()`": (node, clean) => {
    const stack = stackCall(node, ["move"], clean);
    if (stack === null) return null;
    const owner = ts.isIdentifier(stack.receiver) ? declarationOf(stack.receiver, clean) : null;
    return { edits: [replaced(rangeOf(node, clean), stack.receiver.getText(clean.file))], same: owner !== null && !isScoped(owner) };
  },

  "`stack.use(…)` → its argument": (node, clean) => {
    const argument = stackCall(node, ["use", "adopt"], clean)?.call.arguments[0];
    if (argument === undefined) return null;
    return { edits: [replaced(rangeOf(node, clean), argument.getText(clean.file))], same: isNothing(typeAt(argument, clean)) };
  },
};

/** Mistakes of omission, for which no figure is promised: what a line would have released, the other lines seldom tell. */
export const omissions: Readonly<Record<string, Operator>> = {
  "a line with `stack.defer(…)`": (node, clean) =>
    ts.isExpressionStatement(node) && stackCall(node.expression, ["defer"], clean) !== null ? { edits: [replaced(rangeOf(node, clean), ";")], same: false } : null,

  "a line that disposes": (node, clean) => {
    if (!ts.isExpressionStatement(node) || !isDisposal(ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression, clean)) return null;
    return { edits: [replaced(rangeOf(node, clean), ";")], same: false };
  },
};

function withoutAwait(node: ts.AwaitExpression, clean: Clean): Mutation {
  const promise = typeAt(node.expression, clean);
  const same = clean.checker.getPropertyOfType(promise, "then") === undefined || isAwaitedAnyway(node);
  return { edits: [replaced({ start: node.getStart(clean.file), end: node.expression.getStart(clean.file) }, "")], same };
}

/** An async generator awaits what it yields, and an async function what it returns, if no `try` and no scope is left before. */
function isAwaitedAnyway(node: ts.AwaitExpression): boolean {
  const { parent } = node;
  if (ts.isYieldExpression(parent)) return true;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (!ts.isReturnStatement(parent) || scopesAround(parent).length > 0) return false;
  let at: ts.Node = parent;
  while (!ts.isFunctionLike(at) && !ts.isSourceFile(at) && !ts.isTryStatement(at)) at = at.parent;
  return !ts.isTryStatement(at);
}

function keywordOf(list: ts.VariableDeclarationList): "await using" | "using" | null {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.AwaitUsing ? "await using" : kind === ts.NodeFlags.Using ? "using" : null;
}

function keywordRange(list: ts.VariableDeclarationList, { file }: Clean): Omit<Replacement, "text"> {
  return { start: list.getStart(file), end: list.declarations[0]?.getStart(file) ?? list.end };
}

function typeAt(node: ts.Node, { checker }: Clean): ts.Type {
  return checker.getTypeAtLocation(node);
}

/** Whether a type is only `null` or `undefined`. */
function isNothing(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void)) !== 0;
}

function has(type: ts.Type, symbol: "asyncDispose" | "dispose", { checker }: Clean): boolean {
  return checker.getPropertiesOfType(checker.getNonNullableType(type)).some(({ escapedName }) => String(escapedName).startsWith(`__@${symbol}@`));
}

function isResource(type: ts.Type, clean: Clean): boolean {
  return has(type, "asyncDispose", clean) || has(type, "dispose", clean);
}

const releases = /^(?:close|destroy|disconnect|dispose|disposeAsync|end|quit|release|shutdown|stop|terminate)$/u;

/** `x[Symbol.asyncDispose]()`, `x.close()` of a resource. */
function isDisposal(node: ts.Expression, clean: Clean): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  if (ts.isElementAccessExpression(callee)) return /^Symbol\.(?:asyncDispose|dispose)$/u.test(callee.argumentExpression.getText(clean.file));
  return ts.isPropertyAccessExpression(callee) && releases.test(callee.name.text) && isResource(typeAt(callee.expression, clean), clean);
}

/** The call that is all of a statement, awaited or not. */
function callIn(node: ts.Node): ts.CallExpression | null {
  if (!ts.isExpressionStatement(node) && !ts.isReturnStatement(node)) return null;
  const { expression } = node;
  const inner = expression !== undefined && ts.isAwaitExpression(expression) ? expression.expression : expression;
  return inner !== undefined && ts.isCallExpression(inner) ? inner : null;
}

function stackCall(node: ts.Node, methods: readonly string[], clean: Clean): { readonly call: ts.CallExpression; readonly receiver: ts.Expression } | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || !methods.includes(node.expression.name.text)) return null;
  const receiver = node.expression.expression;
  return /^(?:Async)?DisposableStack$/u.test(typeAt(receiver, clean).symbol?.name ?? "") ? { call: node, receiver } : null;
}

function declarationOf(name: ts.Identifier, { checker }: Clean): ts.Node | null {
  const symbol = ts.isShorthandPropertyAssignment(name.parent) ? checker.getShorthandAssignmentValueSymbol(name.parent) : checker.getSymbolAtLocation(name);
  return symbol?.valueDeclaration ?? null;
}

function isScoped(declaration: ts.Node): boolean {
  return ts.isVariableDeclaration(declaration) && ts.isVariableDeclarationList(declaration.parent) && keywordOf(declaration.parent) !== null;
}

/**
 * Whether a call works on a resource that a `using` of its own function holds, as its receiver or its argument,
 * and nothing in that scope waits after it.
 */
function isLastWork(expression: ts.Expression, clean: Clean): boolean {
  const own = functionOf(expression);
  return workedOn(expression).some((node) => {
    const declaration = declarationOf(node, clean);
    if (declaration === null || !isScoped(declaration) || functionOf(declaration) !== own) return false;
    const around = declaration.parent.parent;
    const scope = ts.isVariableStatement(around) ? around.parent : ts.isForOfStatement(around) ? around.statement : around;
    const last = ts.isBlock(scope) ? scope.statements.at(-1) : scope;
    const isLast = last !== undefined && last.pos <= expression.pos && expression.end <= last.end;
    return isLast && !descendants(last).some((each) => ts.isAwaitExpression(each) && each.getStart(clean.file) > expression.end);
  });
}

/** The names on which a call works: the one that its callee begins with, and its arguments. */
function workedOn(expression: ts.Expression): readonly ts.Identifier[] {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  if (!ts.isCallExpression(call)) return [];
  let root: ts.Expression = call.expression;
  while (ts.isPropertyAccessExpression(root) || ts.isCallExpression(root) || ts.isElementAccessExpression(root)) root = root.expression;
  return [root, ...call.arguments].filter(ts.isIdentifier);
}

function functionOf(node: ts.Node): ts.Node {
  let { parent } = node;
  while (!ts.isFunctionLike(parent) && !ts.isSourceFile(parent)) ({ parent } = parent);
  return parent;
}

/** The `using` declarations before a node in the blocks around it, within its function. */
function scopesAround(node: ts.Node): readonly ts.VariableStatement[] {
  const own = functionOf(node);
  const found: ts.VariableStatement[] = [];
  for (let at = node; at !== own; at = at.parent) {
    if (!ts.isBlock(at.parent)) continue;
    for (const statement of at.parent.statements) {
      if (statement === at) break;
      if (ts.isVariableStatement(statement) && keywordOf(statement.declarationList) !== null) found.push(statement);
    }
  }
  return found;
}

/** A statement of a block that declares one resource by `using`. */
function scopedDeclaration(node: ts.Node): { readonly statement: ts.VariableStatement; readonly name: ts.Identifier; readonly block: ts.Block } | null {
  if (!ts.isVariableStatement(node) || !ts.isBlock(node.parent) || keywordOf(node.declarationList) === null) return null;
  const [declaration, second] = node.declarationList.declarations;
  if (declaration === undefined || second !== undefined || !ts.isIdentifier(declaration.name)) return null;
  return { statement: node, name: declaration.name, block: node.parent };
}

/** The names that a statement of a block declares for those behind it. */
function namesIn(statement: ts.Statement): readonly ts.Identifier[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name === undefined ? [] : [statement.name];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => descendants(name).filter(ts.isIdentifier));
}

function references(inside: ts.Node, name: ts.Identifier, clean: Clean): readonly ts.Identifier[] {
  const declaration = declarationOf(name, clean);
  return descendants(inside).filter((node): node is ts.Identifier => ts.isIdentifier(node) && node.text === name.text && declarationOf(node, clean) === declaration);
}

function mentions(inside: ts.Node, name: ts.Identifier, clean: Clean): boolean {
  return references(inside, name, clean).length > 0;
}

/** Whether a reference only reads a primitive of the resource: that is still there when the resource is closed. */
function readsData(reference: ts.Identifier, clean: Clean): boolean {
  const { parent } = reference;
  return ts.isPropertyAccessExpression(parent) && (typeAt(parent, clean).flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) !== 0;
}

function freshName(name: string, clean: Clean): string {
  return clean.file.text.includes(name) ? freshName(`${name}Here`, clean) : name;
}

/** A node and all below it. */
export function descendants(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = [node];
  ts.forEachChild(node, (child) => {
    found.push(...descendants(child));
  });
  return found;
}

function rangeOf(node: ts.Node, { file }: Clean): Omit<Replacement, "text"> {
  return { start: node.getStart(file), end: node.end };
}

function replaced(range: Omit<Replacement, "text">, text: string): Replacement {
  return { ...range, text };
}

function insertion(at: number, text: string): Replacement {
  return { start: at, end: at, text };
}
