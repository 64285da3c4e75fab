import { describe, expect, it } from "vitest";

import { directiveAt } from "../src/actions/directive.js";
import { ruleTexts } from "../src/analysis/rule-texts.js";
import { ruleText } from "../src/presentation/hover.js";

/** The name at `‸`, and the other names; `null` where no list of rules is. */
function at(marked: string): readonly [word: string, ...others: string[]] | null {
  const offset = marked.indexOf("‸");
  const text = marked.replace("‸", "");
  const directive = directiveAt(text, offset);
  if (directive === null) return null;
  const { others, word } = directive;
  expect(text.slice(word.start, word.end)).toBe(word.text);
  return [word.text, ...others];
}

describe("the list of rules in a comment that turns rules off", () => {
  it("right behind the directive", () => {
    expect(at("// eslint-disable-next-line ‸")).toEqual([""]);
    expect(at("/* eslint-disable ‸*/")).toEqual([""]);
    expect(at("f(); // eslint-disable-line ‸\ng();")).toEqual([""]);
    expect(at("/* eslint-enable ‸ */")).toEqual([""]);
  });

  it("a name, whole or half typed, with the pointer anywhere in it", () => {
    expect(at("// eslint-disable-next-line await-us‸")).toEqual(["await-us"]);
    expect(at("// eslint-disable-next-line await-using/‸require-using -- why")).toEqual(["await-using/require-using"]);
    expect(at("// eslint-disable-next-line ‸await-using/require-using")).toEqual(["await-using/require-using"]);
    expect(at("// eslint-disable-next-line @scope/await-using/require-using‸")).toEqual(["@scope/await-using/require-using"]);
  });

  it("among other names", () => {
    expect(at("// eslint-disable-next-line no-console, await‸, eqeqeq")).toEqual(["await", "no-console", "eqeqeq"]);
    expect(at("/* eslint-disable no-console,‸ */")).toEqual(["", "no-console"]);
  });

  it("over several lines", () => {
    expect(at("/* eslint-disable\n  no-console,\n  await‸\n*/\nf();")).toEqual(["await", "no-console"]);
  });

  it("with CRLF", () => {
    expect(at("// eslint-disable-next-line a/b‸\r\nf();")).toEqual(["a/b"]);
  });

  it("in JSX", () => {
    expect(at("{/* eslint-disable-next-line a/b‸ */}")).toEqual(["a/b"]);
  });
});

describe("no list", () => {
  it("in the directive itself", () => {
    expect(at("// eslint-disable-next-‸line a/b")).toBeNull();
    expect(at("// eslint-disable-next-line‸ a/b")).toBeNull();
    expect(at("// eslint-disable-next-line‸")).toBeNull();
  });

  it("in the reason", () => {
    expect(at("// eslint-disable-next-line a/b -- wh‸y")).toBeNull();
    expect(at("/* eslint-disable a/b -- why\n a‸gain */")).toBeNull();
  });

  it("behind the comment", () => {
    expect(at("// eslint-disable-next-line a/b\nco‸nst x = 1;")).toBeNull();
    expect(at("/* eslint-disable a/b */ co‸nst x = 1;")).toBeNull();
  });

  it("in other comments and in code", () => {
    expect(at("// a word ‸")).toBeNull();
    expect(at("// eslint ‸")).toBeNull();
    expect(at("const eslint_disable ‸= 1;")).toBeNull();
    expect(at("‸")).toBeNull();
  });
});

it("every rule has a sentence and a page", () => {
  const rules = ruleTexts();
  expect(rules.length).toBeGreaterThan(10);
  for (const rule of rules) {
    expect(ruleText(`await-using/${rule.name}`, rule)).toMatch(new RegExp(`^\\*\\*\`await-using/${rule.name}\`\\*\\*: (?:Disallow|Require) [^\\n]+[^.\\n]\\. \\[What it finds\\]\\(https://\\S+/${rule.name}\\.md\\)$`, "u"));
  }
});
