/** @type {import("eslint-doc-generator").GenerateOptions} */
export default {
  configEmoji: [
    ["recommended", "✅"],
    ["strict", "🔒"],
    ["untyped", "📄"],
  ],
  pathRuleList: ["README.md", "../README.md"],
  ruleDocSectionInclude: ["Why", "Examples", "Fix safety", "When not to use it"],
  ruleListColumns: ["name", "description", "configsError", "configsWarn", "hasSuggestions", "requiresTypeChecking"],
  urlRuleDoc: undefined,
};
