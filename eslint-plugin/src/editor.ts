/**
 * For editors: what a language server asks of a file beyond its findings. It
 * follows no semantic versioning; every version fits the server of that version only.
 */
export type { Code } from "./code.js";
export { compilerFixes, type CompilerDiagnostic, type CompilerFix } from "./edits/compiler-fixes.js";
export type { Edit } from "./edits/text/edit.js";
export { importOf, isCommonJS } from "./edits/generators/manager-helper.js";
export { refactoringsAt, type Refactoring } from "./edits/refactorings/index.js";
export { nodeAround } from "./syntax.js";
export { settingsOf, type Settings } from "./settings.js";
export { codeIn } from "./types/code-of.js";
export { exporterFor, specifierOf, type Exported } from "./types/modules.js";
export type { Parser } from "./types/tree-of.js";
export { explanationsAt, type Explanation, type Outcome, type ScopeEnd } from "./explain/explain.js";
export type { Ownership, Unknown } from "./explain/owner.js";
export type { Decision } from "./ownership/owners/judgement.js";
