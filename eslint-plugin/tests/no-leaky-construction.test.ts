import rule from "../src/rules/no-leaky-construction.js";
import { ts, typed } from "./support/rule-tester.js";

typed.run("no-leaky-construction", rule, {
  valid: [ts("const nothing = null;", { name: "nothing is acquired" })],
  invalid: [],
});
