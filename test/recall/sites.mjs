// @ts-check
import * as parser from "@typescript-eslint/parser";

/**
 * A variable that a scope disposes. `line` to `endLine` are the lines from its keyword or its name to the end of what is
 * called; `keyword` is where the keyword stands, which variables of one declaration share.
 *
 * @typedef {{ line: number, endLine: number, keyword: readonly [number, number], name: string, callee: string, place: string }} Site
 * @typedef {{ sites: Site[], loopHeads: number }} Scopes
 */

/**
 * The `using` and `await using` declarations of a text. Those in the heads of loops are only counted: a `const`
 * there acquires nothing by itself.
 *
 * @param {string} text
 * @param {string} file its name, which says its language
 * @returns {Scopes}
 */
export function scopesIn(text, file) {
  /** @type {Scopes} */
  const found = { sites: [], loopHeads: 0 };
  if (!/\busing\b/u.test(text)) return found;
  const { ast, visitorKeys } = parser.parseForESLint(text, { range: true, loc: true, jsx: /\.(?:tsx|[cm]?jsx?)$/u.test(file) });
  /** @param {any} node @param {any} parent */
  const visit = (node, parent) => {
    if (node.type === "VariableDeclaration" && /^(?:await )?using$/u.test(node.kind)) {
      if (/^For/u.test(parent.type) && node !== parent.body) found.loopHeads++;
      else found.sites.push(...sitesOf(node, text));
    }
    for (const key of visitorKeys?.[node.type] ?? []) for (const child of [node[key]].flat()) if (child != null) visit(child, node);
  };
  visit(ast, ast);
  return found;
}

/** @param {any} declaration @param {string} text @returns {Site[]} */
function sitesOf(declaration, text) {
  const [start] = declaration.range;
  const written = declaration.kind === "using" ? /^using/u : /^await\s+using/u;
  const [keyword = ""] = written.exec(text.slice(start)) ?? [];
  return declaration.declarations.map((/** @type {any} */ each, /** @type {number} */ index) => {
    const called = calledBy(each.init);
    return {
      line: index === 0 ? declaration.loc.start.line : each.loc.start.line,
      endLine: (called?.callee ?? each.id).loc.end.line,
      keyword: [start, start + keyword.length],
      name: text.slice(...each.id.range),
      callee: called === null ? kindOf(each.init) : nameOf(called, text),
      place: text.slice(...declaration.range).replace(/\s+/gu, " ").slice(0, 160),
    };
  });
}

/** The call or the `new` whose value a variable gets. @param {any} node @returns {any} */
function calledBy(node) {
  switch (node?.type) {
    case "CallExpression":
    case "NewExpression":
      return node;
    case "AwaitExpression":
      return calledBy(node.argument);
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return calledBy(node.expression);
    default:
      return null;
  }
}

/** What is called, as people say it: `new Pool`, `pool.connect`, `open().lock`. @param {any} call @param {string} text */
function nameOf({ callee, type }, text) {
  return `${type === "NewExpression" ? "new " : ""}${chainOf(callee, text)}`;
}

/** @param {any} node @param {string} text @returns {string} */
function chainOf(node, text) {
  switch (node.type) {
    case "MemberExpression":
      return `${chainOf(node.object, text)}${node.computed ? `[${text.slice(...node.property.range)}]` : `.${node.property.name ?? text.slice(...node.property.range)}`}`;
    case "CallExpression":
      return `${chainOf(node.callee, text)}()`;
    case "NewExpression":
      return `new ${chainOf(node.callee, text)}()`;
    case "AwaitExpression":
      return `(await ${chainOf(node.argument, text)})`;
    case "TSNonNullExpression":
    case "ChainExpression":
      return chainOf(node.expression, text);
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return "(function)";
    case "Identifier":
    case "Super":
    case "ThisExpression":
      return text.slice(...node.range);
    default:
      return `(${text.slice(...node.range).replace(/\s+/gu, " ").slice(0, 60)})`;
  }
}

/** @param {any} node */
function kindOf(node) {
  if (node?.type === "ObjectExpression") return "(an object)";
  if (node?.type === "ConditionalExpression" || node?.type === "LogicalExpression") return "(a choice)";
  return "(no call)";
}
