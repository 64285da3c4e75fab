import rule from "../src/rules/require-field-disposal.js";
import { ts, typed } from "./support/rule-tester.js";

typed.run("require-field-disposal", rule, {
  valid: [ts("const nothing = null;", { name: "nothing is acquired" })],
  invalid: [],
});
