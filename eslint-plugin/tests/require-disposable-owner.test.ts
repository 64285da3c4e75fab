import rule from "../src/rules/require-disposable-owner.js";
import { ts, typed } from "./support/rule-tester.js";

typed.run("require-disposable-owner", rule, {
  valid: [ts("const nothing = null;", { name: "nothing is acquired" })],
  invalid: [],
});
