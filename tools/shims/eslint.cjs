// Stands for `eslint` in the bundles: the part that lints a text. @typescript-eslint/utils makes subclasses of the
// others when it is loaded, and nothing here makes an instance of them.
const { Linter } = require("../../node_modules/eslint/lib/universal.js");
const { SourceCode } = require("../../node_modules/eslint/lib/languages/js/source-code/index.js");

class Absent {}

module.exports = { ESLint: Absent, Linter, RuleTester: Absent, SourceCode };
