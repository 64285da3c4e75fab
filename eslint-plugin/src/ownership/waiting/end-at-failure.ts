/** Does a failure end more than the function that fails: a test, or a whole program? */

import type { TSESTree } from "@typescript-eslint/utils";

import { memory, type Code } from "../../code.js";
import { namesTestFile } from "../../lexicon/testing.js";
import { nodesIn, type FunctionNode } from "../../syntax.js";
import { rootOf } from "../values/callee.js";
import { isCalledAtOnce } from "../values/closures.js";
import { functionAround } from "../values/functions.js";
import { isInTest, runsTests } from "../values/test-code.js";
import { declaratorOf, readsOf, variableOf, type Variable } from "../values/variables.js";
import { endsProgramBy } from "./failure.js";

/** How many functions may stand between the module and a node. */
const deepest = 3;

/**
 * Whether what fails at a node fails a test, or ends the script that runs it: nothing that it leaves open
 * is in anybody's way then. A test is known by its runner, called in the file, and by the file's name; a script by
 * what it exports, which is nothing, and by its functions, which the module calls when it is evaluated; a command by `process.exit()`.
 */
export function endsAtFailure(code: Code, node: TSESTree.Node): boolean {
  const { ends, isProgram, isTest } = ofFile(code);
  return isInTest(node) || isTest || ends || (isProgram && isEvaluated(code, functionAround(node), 0));
}

interface File {
  /** Its own code ends the program when something has failed, as commands do. */
  readonly ends: boolean;
  readonly isProgram: boolean;
  readonly isTest: boolean;
}

const files = memory<File>();

function ofFile(code: Code): File {
  return files(code, code.ast, () => ({
    ends: [...nodesIn(code, code.ast)].some((node) => node.type === "CallExpression" && endsProgramBy(node)),
    isProgram: !code.ast.body.some((statement) => statement.type.startsWith("Export") || isCommonExport(statement)),
    isTest: namesTestFile(code.fileName) || code.ast.body.some(runsTests),
  }));
}

/** `module.exports = …`, `exports.run = …` */
function isCommonExport(statement: TSESTree.Node): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return false;
  const root = rootOf(statement.expression.left);
  return root.type === "Identifier" && (root.name === "exports" || root.name === "module");
}

/** Whether a function runs while its module is evaluated, and at no other time. */
function isEvaluated(code: Code, around: FunctionNode | null, depth: number): boolean {
  if (around === null) return true;
  if (depth > deepest) return false;
  if (isCalledAtOnce(around)) return isEvaluated(code, functionAround(around), depth + 1);
  const variable = nameOf(code, around);
  const reads = variable === null ? [] : readsOf(variable);
  return reads.length > 0 && reads.every((read) => read.parent.type === "CallExpression" && read.parent.callee === read && isEvaluated(code, functionAround(read), depth + 1));
}

/** The variable that a function of the module is called by. */
function nameOf(code: Code, around: FunctionNode): Variable | null {
  if (around.type === "FunctionDeclaration") return around.id === null ? null : variableOf(code, around.id);
  const { parent } = around;
  const variable = parent.type === "VariableDeclarator" && parent.id.type === "Identifier" ? variableOf(code, parent.id) : null;
  return variable !== null && declaratorOf(variable)?.parent.kind === "const" ? variable : null;
}
