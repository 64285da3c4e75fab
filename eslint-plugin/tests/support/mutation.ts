import ts from "typescript";

/** Numbers from 0 to below 1 that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Parsed {
  readonly file: ts.SourceFile;
  readonly nodes: readonly ts.Node[];
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a mutation may draw from. */
interface Draw extends Parsed {
  /** Another file, from which code is spliced in. */
  readonly donor: Parsed;
  readonly one: <T>(from: readonly T[]) => T | undefined;
  /** An offset in the text. */
  readonly place: () => number;
}

type Mutation = (draw: Draw) => readonly Replacement[] | null;

function replaced(draw: Draw, node: ts.Node | undefined, text: (source: string) => string): readonly Replacement[] | null {
  if (node === undefined) return null;
  const start = node.getStart(draw.file);
  return [{ start, end: node.end, text: text(draw.file.text.slice(start, node.end)) }];
}

function some<T extends ts.Node>({ nodes, one }: Pick<Draw, "nodes" | "one">, is: (node: ts.Node) => node is T): T | undefined {
  return one(nodes.filter(is));
}

const isBlockStatement = (node: ts.Node): node is ts.Statement =>
  ts.isStatement(node) && !ts.isBlock(node) && !ts.isImportDeclaration(node) && (ts.isBlock(node.parent) || ts.isSourceFile(node.parent));

const isValue = (node: ts.Node): node is ts.Expression =>
  ts.isExpression(node) &&
  !ts.isExpressionWithTypeArguments(node.parent) &&
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !ts.isImportDeclaration(node.parent) &&
  !ts.isTypeNode(node);

const oddities = ["undefined", "null", "this", "[]", "{}", "(() => {})", "(async () => {})()", "class {}", "new class { [Symbol.dispose]() {} }()", "`${1}`", "void 0", "[, 1]", "(1, 2)", "import.meta", "Symbol.asyncDispose", "nowhere", "super.x", "new.target", "Promise.all([])", "Promise.all()", "/x/v", "1n", "function* () { yield; }", "(x => x)", "new AsyncDisposableStack()", "new DisposableStack().use()", "[].forEach()"];

/** Mutations that mostly leave syntax whole. */
const keeping: readonly Mutation[] = [
  function rename(draw) {
    const other = some(draw, ts.isIdentifier);
    return other === undefined ? null : replaced(draw, some(draw, ts.isIdentifier), () => other.text);
  },
  function renameFromElsewhere(draw) {
    const other = some({ ...draw, nodes: draw.donor.nodes }, ts.isIdentifier);
    return other === undefined ? null : replaced(draw, some(draw, ts.isIdentifier), () => other.text);
  },
  (draw) => replaced(draw, some(draw, isBlockStatement), () => ""),
  (draw) => replaced(draw, some(draw, isBlockStatement), (source) => `${source}\n${source}`),
  function spliceStatement(draw) {
    const other = draw.one(draw.donor.nodes.filter(isBlockStatement));
    return replaced(draw, some(draw, isBlockStatement), (source) => `${other?.getText(draw.donor.file) ?? ""}\n${source}`);
  },
  (draw) => {
    const wrap = draw.one([
      (source: string) => `{ ${source} }`,
      (source: string) => `if (flag) { ${source} }`,
      (source: string) => `if (flag) ${source}`,
      (source: string) => `try { ${source} } catch { }`,
      (source: string) => `try { ${source} } finally { ${source} }`,
      (source: string) => `while (true) { ${source} break; }`,
      (source: string) => `outer: for (;;) { ${source} continue outer; }`,
      (source: string) => `do { ${source} } while (false);`,
      (source: string) => `switch (1) { case 1: ${source} default: }`,
      (source: string) => `class Holder { static { ${source} } field = 1; [key] = 2; }`,
      (source: string) => `for (const each of [1]) { ${source} }`,
      (source: string) => `for await (await using each of []) { ${source} }`,
      (source: string) => `for (const key in {}) ${source}`,
      (source: string) => `(async () => { ${source} })();`,
      (source: string) => `function* made() { ${source} yield* made(); }`,
      (source: string) => `namespace Inner { ${source} }`,
      (source: string) => `return ${source}`,
      (source: string) => `throw ${source}`,
      (source: string) => `export default ${source}`,
    ]);
    return wrap === undefined ? null : replaced(draw, some(draw, isBlockStatement), wrap);
  },
  function spliceExpression(draw) {
    const other = draw.one(draw.donor.nodes.filter(isValue));
    return other === undefined ? null : replaced(draw, some(draw, isValue), () => `(${other.getText(draw.donor.file)})`);
  },
  function moveExpression(draw) {
    const other = some(draw, isValue);
    return other === undefined ? null : replaced(draw, some(draw, isValue), () => other.getText(draw.file));
  },
  (draw) => replaced(draw, some(draw, isValue), () => draw.one(oddities) ?? ""),
  (draw) => {
    const wrap = draw.one([
      (source: string) => `(${source} as any)`,
      (source: string) => `${source}!`,
      (source: string) => `(${source} satisfies unknown)`,
      (source: string) => `(await ${source})`,
      (source: string) => `(yield ${source})`,
      (source: string) => `[...${source}]`,
      (source: string) => `{ ...${source} }`,
      (source: string) => `(flag ? ${source} : null)`,
      (source: string) => `(${source} ?? ${source})`,
      (source: string) => `(() => ${source})`,
      (source: string) => `new (${source})()`,
      (source: string) => `${source}?.()`,
      (source: string) => `${source}\`\``,
      (source: string) => `(held = ${source})`,
      (source: string) => `Promise.all([${source}, ${source}])`,
      (source: string) => `${source}.then((each) => each)`,
      (source: string) => `${source}[Symbol.asyncDispose]()`,
    ]);
    return wrap === undefined ? null : replaced(draw, some(draw, isValue), wrap);
  },
  function swapArguments(draw) {
    const call = some(draw, (node): node is ts.CallExpression | ts.NewExpression => (ts.isCallExpression(node) || ts.isNewExpression(node)) && (node.arguments?.length ?? 0) > 1);
    const [first, second] = call?.arguments ?? [];
    if (first === undefined || second === undefined) return null;
    return [...(replaced(draw, first, () => second.getText(draw.file)) ?? []), ...(replaced(draw, second, () => first.getText(draw.file)) ?? [])];
  },
  function changeArguments(draw) {
    const call = some(draw, ts.isCallExpression);
    if (call === undefined) return null;
    const all = call.arguments.map((each) => each.getText(draw.file));
    const text = draw.one(["", "...[]", `...${all[0] ?? "[]"}`, all.slice(1).join(", "), [...all, "{}"].join(", ")]) ?? "";
    return [{ start: call.arguments.pos, end: call.arguments.end, text }];
  },
  function removeAwait(draw) {
    const awaiting = some(draw, ts.isAwaitExpression);
    return replaced(draw, awaiting, () => awaiting?.expression.getText(draw.file) ?? "");
  },
  function changeKeyword(draw) {
    const list = some(draw, ts.isVariableDeclarationList);
    const [first] = list?.declarations ?? [];
    if (list === undefined || first === undefined) return null;
    return [{ start: list.getStart(draw.file), end: first.getStart(draw.file), text: `${draw.one(["using", "await using", "const", "let", "var"]) ?? "var"} ` }];
  },
  function changePattern(draw) {
    const declaration = some(draw, ts.isVariableDeclaration);
    return replaced(draw, declaration?.name, (source) => draw.one([`{ ${source} }`, `[${source}]`, `{ a: ${source} = 1, ...rest }`, `[, ...${source}]`, "{}", `${source}, second = 1`]) ?? source);
  },
  function removeInitializer(draw) {
    const declaration = some(draw, (node): node is ts.VariableDeclaration => ts.isVariableDeclaration(node) && node.initializer !== undefined);
    return declaration?.initializer === undefined ? null : [{ start: declaration.name.end, end: declaration.initializer.end, text: "" }];
  },
  (draw) => replaced(draw, some(draw, ts.isTypeNode), () => draw.one(["any", "never", "unknown", "this", "Disposable", "AsyncDisposable | null", "Promise<Disposable>", "Nowhere", "Promise<Promise<AsyncDisposable>>"]) ?? "any"),
  function changeModifier(draw) {
    const modifier = some(draw, ts.isModifier);
    return replaced(draw, modifier, () => draw.one(["", "async", "static", "export", "declare", "readonly", "abstract"]) ?? "");
  },
  function changeAccess(draw) {
    const access = some(draw, ts.isPropertyAccessExpression);
    if (access === undefined) return null;
    const { name } = access;
    const text = draw.one([`?.${name.text}`, `["${name.text}"]`, `.#${name.text.replace("#", "")}`, "[Symbol.asyncDispose]", "[Symbol.dispose]", ".close", ".then", ".forEach", ".use", ".defer", ".move", `[\`${name.text}\`]`]) ?? "";
    return [{ start: access.expression.end, end: access.end, text }];
  },
  function changeMemberName(draw) {
    const member = some(draw, (node): node is ts.MethodDeclaration | ts.PropertyDeclaration => ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node));
    return replaced(draw, member?.name, () => draw.one(["[Symbol.dispose]", "[Symbol.asyncDispose]", "async [Symbol.dispose]", "*[Symbol.asyncDispose]", "constructor", "get [Symbol.asyncDispose]", "#private", "[`x`]", "static close"]) ?? "x");
  },
  function changeBody(draw) {
    const around = some(draw, ts.isFunctionLike) as ts.FunctionLikeDeclaration | undefined;
    return replaced(draw, around?.body, () => draw.one(["{}", ";", "{ return; }", "{ throw 1; }", "{ return arguments; }", "{ for (;;); }"]) ?? "{}");
  },
  function changeParameters(draw) {
    const parameter = some(draw, ts.isParameter);
    return replaced(draw, parameter, (source) => draw.one(["", `{ ${source} }`, `...${source}`, `${source}, ${source}`, "this: any", "[a, b] = []", "private readonly held: AsyncDisposable", "held = this"]) ?? "");
  },
  function changeOperator(draw) {
    const operation = some(draw, ts.isBinaryExpression);
    return replaced(draw, operation?.operatorToken, () => draw.one(["=", "??=", "||=", "&&", "||", "??", ",", "+", "in", "instanceof", "=== null &&"]) ?? "=");
  },
];

/** Mutations that mostly break syntax. */
const breaking: readonly Mutation[] = [
  function cut({ file, one, place }) {
    const at = place();
    return [{ start: at, end: Math.min(file.text.length, at + (one([1, 2, 5, 20, 100]) ?? 1)), text: "" }];
  },
  function truncate({ file, place }) {
    return [{ start: place(), end: file.text.length, text: "" }];
  },
  function insertText({ one, place }) {
    const at = place();
    return [{ start: at, end: at, text: one(["(", ")", "{", "}", "`", "/*", "//", "await ", "using ", "\n", ";", "=>", "?.", "...", "#!", "\u2028", "\ud800", "@", "<div/>"]) ?? ";" }];
  },
  function spliceLines({ donor, file, one }) {
    const lines = donor.file.text.split("\n");
    const from = one(lines.map((_, index) => index)) ?? 0;
    const at = one([...file.text.matchAll(/\n/gu)].map(({ index }) => index)) ?? 0;
    return [{ start: at, end: at, text: `\n${lines.slice(from, from + 6).join("\n")}` }];
  },
];

/** A long text without some of its top-level statements, so that the rest is changed the more. */
function thinned({ statements, text }: ts.SourceFile, random: () => number): string {
  if (statements.length < 6) return text;
  return statements
    .filter((statement) => ts.isImportDeclaration(statement) || random() < 0.4)
    .map((statement) => text.slice(statement.pos, statement.end))
    .join("");
}

/**
 * Changes a text at random in one to four places: cuts, splices and renames.
 *
 * @param text what is changed
 * @param donor a text to splice from
 * @param seed what determines the changes
 * @param isTsx whether both are read with JSX
 */
export function mutated(text: string, donor: string, seed: number, isTsx: boolean): string {
  const random = randomFrom(seed);
  const one = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const donated = parsedOnce(donor, isTsx);
  const isBreaking = random() < 0.1;
  let result = thinned(parsedOnce(text, isTsx).file, random);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const { file, nodes } = parsed(result, isTsx);
    const place = (): number => Math.floor(random() * result.length);
    let replacements: readonly Replacement[] = [];
    // Not every text has what every mutation changes.
    for (let tries = 0; tries < 10 && replacements.length === 0; tries++) {
      replacements = one(isBreaking ? [...breaking, ...keeping] : keeping)?.({ donor: donated, file, nodes, one, place }) ?? [];
    }
    for (const { end, start, text: put } of [...replacements].sort((a, b) => b.start - a.start)) result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

const known = new Map<string, Parsed>();

/** A text that was not changed is asked for often. */
function parsedOnce(text: string, isTsx: boolean): Parsed {
  const answer = known.get(text) ?? parsed(text, isTsx);
  known.set(text, answer);
  return answer;
}

function parsed(text: string, isTsx: boolean): Parsed {
  const file = ts.createSourceFile(isTsx ? "file.tsx" : "file.ts", text, ts.ScriptTarget.Latest, true);
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return { file, nodes };
}
