import rule from "../src/rules/prefer-disposable-class.js";
import { ts, typed } from "./support/rule-tester.js";

typed.run("prefer-disposable-class", rule, {
  valid: [ts("const nothing = null;", { name: "nothing is acquired" })],
  invalid: [],
});
