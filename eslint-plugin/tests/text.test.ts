import * as parser from "@typescript-eslint/parser";
import type { TSESTree } from "@typescript-eslint/utils";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import type { Code } from "../src/code.js";
import { unwrap } from "../src/ownership/values/destination.js";
import type { CallNode } from "../src/syntax.js";
import { callText, textOf } from "../src/text.js";

type Read = Pick<Code, "text" | "visitorKeys"> & { readonly expression: TSESTree.Expression };

/** The expression that a text is, read by ESLint's own parser or by typescript-eslint's. */
function read(text: string, by: "espree" | "typescript-eslint"): Read {
  const linter = new Linter();
  const parserOptions = { ecmaFeatures: { jsx: true } };
  const problems = linter.verify(`${text};`, [{ files: ["**"], languageOptions: by === "espree" ? { parserOptions } : { parser, parserOptions } }], { filename: by === "espree" ? "file.mjs" : "file.tsx" });
  expect(problems).toEqual([]);
  const { ast, visitorKeys } = linter.getSourceCode();
  const [statement] = ast.body as unknown as readonly TSESTree.ProgramStatement[];
  if (statement?.type !== "ExpressionStatement") throw new Error(`no expression: ${text}`);
  return { text: `${text};`, visitorKeys, expression: statement.expression };
}

describe.each(["espree", "typescript-eslint"] as const)("code in a message, read by %s", (by) => {
  it.each([
    ["stays as it is", "f(a, { b: 1 }, [2])", "f(a, { b: 1 }, [2])"],
    ["has no comment", "/* 1 */ f(/* 2 */ a /* 3 */, // 4\n b /* 5 */)", "f(a, b)"],
    ["has no comment before a bracket", "f/* 1 */(a)/* 2 */[b]", "f(a)[b]"],
    ["has no comment at a dot", "a /* 1 */ . /* 2 */ b // 3\n .c", "a.b.c"],
    ["has no comment with brackets in it", "f(a /* ) ( */, b)", "f(a, b)"],
    ["keeps words apart", "typeof/* 1 */a", "typeof a"],
    ["keeps signs apart", "a +/* 1 */+ b", "a + + b"],
    ["is one line", "f(\n  a,\n  b,\n)", "f(a, b)"],
    ["is one line with its brackets", "f([\n  a,\n], {\n  b,\n})", "f([a], { b })"],
    ["is one line with its operators", "a\n  ? b\n  : c", "a ? b : c"],
    ["is one line with its spread", "f(\n  a,\n  ...b,\n)", "f(a, ...b)"],
    ["is one line with its chain", "a\n  .b()\n  ?.c\n  .d", "a.b()?.c.d"],
    ["keeps one space", "f(a,   b)", "f(a, b)"],
    ["keeps holes of an array", "[, a, , ]", "[, a, , ]"],
    ["keeps strings", "f('https://a  b', \"/* c */\", 'd,  )')", "f('https://a  b', \"/* c */\", 'd,  )')"],
    ["keeps templates", "`//a  ${b /* 1 */}/*c*/ ${'//'}`", "`//a  ${b}/*c*/ ${'//'}`"],
    ["keeps templates in one line", "`a\n  b ${c}`", "`a b ${c}`"],
    ["keeps regular expressions", "f(/\\/\\/ [/*]/u, a / b / c)", "f(/\\/\\/ [/*]/u, a / b / c)"],
    ["keeps what JSX says", "<a href=\"//b\">//  c {/* 1 */} {d}</a>", "<a href=\"//b\">//  c {} {d}</a>"],
  ])("%s: %s", (_claim, text, expected) => {
    const source = read(text, by);
    expect(textOf(source, source.expression)).toBe(expected);
  });

  it.each([
    ["has no arguments", "open(a, b)", "open()"],
    ["has none in the calls that it chains on", "a.b(c, d(e)).f[g](h).i(j)", "a.b().f[g]().i()"],
    ["has none in which brackets are written", "a.b(')', `(`, /\\)/u).c()", "a.b().c()"],
    ["has none behind a comment", "a.b /* ( */ (c).d()", "a.b().d()"],
    ["has none in brackets", "a((b)).c()", "a().c()"],
    ["says what is made", "new A(b).c()", "new A().c()"],
    ["makes what it makes", "new (a.b(c))(d)", "new a.b()()"],
    ["makes without a list", "(new A).b()", "(new A).b()"],
    ["stays optional", "a?.b(c)?.d(e)", "a?.b()?.d()"],
    ["says what is awaited", "(await open('a')).close()", "(await open('a')).close()"],
    ["says between what is chosen", "(a ?? b).c()", "(a ?? b).c()"],
    ["has no comment", "pool // the first\n  .connect(a)", "pool.connect()"],
    ["is short", "aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbb['c.d'].open()", "….open()"],
    ["keeps a long name", "aVeryLongNameThatSaysWhatItOpensAndWhereItIs()", "aVeryLongNameThatSaysWhatItOpensAndWhereItIs()"],
    ["is short without a name at its end", "aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbb.cccccc['d.e']()", "aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbb … ccccc['d.e']()"],
  ])("a call %s: %s", (_claim, text, expected) => {
    const source = read(text, by);
    expect(callText(source, unwrap(source.expression) as CallNode)).toBe(expected);
  });
});

it("the type arguments of a chain stay", () => {
  const source = read("a<B>(c)!.d<E>(f)", "typescript-eslint");
  expect(callText(source, source.expression as CallNode)).toBe("a<B>()!.d()");
});
