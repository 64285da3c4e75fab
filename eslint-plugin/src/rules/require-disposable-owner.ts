import { createRule, typedCodeOf } from "./create-rule.js";

export default createRule({
  name: "require-disposable-owner",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow …",
      recommended: "recommended",
      requiresTypeChecking: true,
    },
    messages: {
      found: "What it is, why it bites, what to write.",
    },
    schema: [],
  },
  create(context) {
    const code = typedCodeOf(context);
    void code;
    return {};
  },
});
