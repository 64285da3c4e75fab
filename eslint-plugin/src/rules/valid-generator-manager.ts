import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { acquireAhead, releaseInFinally } from "../edits/generators/release-in-finally.js";
import { suggest } from "../edits/text/edit.js";
import { mayFailAhead } from "../flow/failure-ahead.js";
import { yieldFaults, type YieldFaults } from "../flow/yield-faults.js";
import { undoesWork } from "../lexicon/releasing.js";
import { scopedManager } from "../ownership/generators/advanced-generator.js";
import { lateAcquisitionIn } from "../ownership/generators/late-acquisition.js";
import { deadAfter, managerBy, triesAround, yieldsIn, type Manager } from "../ownership/generators/manager.js";
import { isRelease } from "../ownership/release/release-name.js";
import { callOf, propertyName, unwrap } from "../ownership/values/destination.js";
import { ownNodesIn, type GeneratorNode } from "../ownership/values/functions.js";
import { lineOf } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { exitText } from "./leak.js";
import type { Site } from "./related-sites.js";
import { nameSite, siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Effect = "acquireAhead" | "releaseInFinally";
type Finding = "again" | "empty" | "caught" | "dead" | "late" | "looped" | "missing" | "returns" | "yields";

export default createRule<[], Effect | Finding>({
  name: "valid-generator-manager",
  meta: {
    type: "problem",
    docs: {
      description: "Require a manager's generator to yield once and to release in `finally` or by `await using`",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      again: "This `yield` is never reached: a manager is left by `return()` at the `yield` on line {{line}}, and its user never sees this value. Yield all of it at once, for example as an object or a stack.",
      caught: "This `catch` never sees an error of the code that uses the manager: disposal leaves the generator at its `yield` by `return()`, which runs `finally` and no `catch`. Release in `finally`; to roll back, let the user commit explicitly and undo in `finally` what was not committed.",
      dead: "`{{code}}` never runs: disposal leaves the manager at its `yield` by `return()`, which runs only `finally` blocks and the ends of `using` scopes. Put a release into a `finally` around the `yield`, and what only a success may do into the code that uses the manager.",
      empty: "`{{name}}` has no `yield`: its `next()` gives `undefined`, and nothing says so. Yield once what it acquires.",
      late: "If `{{call}}` fails, `{{name}}` is still empty in the `finally`, and `{{release}}()` throws a TypeError that hides the failure. Acquire it ahead of the `try`.",
      looped: "This `yield` stands in a loop, and a manager yields once: it is left there by `return()`, and its user never sees what a later turn yields. Yield all of it at once, for example as an array or a stack.",
      missing: "{{exit}} is reached without a `yield`: `{{helper}}` then has no value to give, and its caller gets an error that does not say why. Yield once on every path, or throw.",
      returns: "This `return` in `finally` drops the error that brought the manager here: of an acquisition, of the release, or of both. Let the `finally` run to its end.",
      yields: "This `yield` in `finally` interrupts the release: disposal stops at it, and fails or leaves out the rest of the `finally`. Only release in `finally`.",
      acquireAhead: "Acquire `{{name}}` ahead of the `try`.",
      releaseInFinally: "Put what follows the `yield` into a `finally`, which runs however its user ends.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    const checked = new Set<TSESTree.Node>();

    function check(manager: Manager): void {
      const { body, helper } = manager;
      if (checked.has(body)) return;
      checked.add(body);
      const yields = yieldsIn(code, body);
      const { again, missing } = expected(manager, yieldFaults(code, body));
      const report = (node: TSESTree.Node, messageId: Finding, data: Readonly<Record<string, string>>, sites: readonly Site[], suggestions = suggest<Effect>("acquireAhead", {}, null)): void => {
        reportFinding(context, { node, messageId, data, suggest: suggestions, sites: () => [madeAt(manager), ...sites] });
      };
      const handlers = new Set<TSESTree.Node>();
      for (const each of yields) {
        const tries = [...triesAround(each)];
        if (tries.some(({ part }) => part === "finalizer")) report(each, "yields", {}, []);
        for (const { part, statement } of tries) {
          if (part !== "block" || handlers.has(statement)) continue;
          handlers.add(statement);
          if (statement.handler !== null && isBlind(code, each, statement, statement.handler)) report(statement.handler, "caught", {}, [siteAt(each, "The manager is left here")]);
          for (const node of statement.finalizer === null ? [] : ownNodesIn(code, statement.finalizer)) {
            if (node.type === "ReturnStatement") report(node, "returns", {}, [siteAt(each, "The manager is left here")]);
          }
          const late = lateAcquisitionIn(code, statement);
          if (late !== null) {
            const words = { call: spelled(code, late.acquired.right), name: late.name.name, release: spelled(code, late.release) };
            report(late.acquired, "late", words, [siteAt(late.release, "This throws then")], suggest("acquireAhead", words, acquireAhead(code, statement, late)));
          }
        }
      }
      for (const { first, second } of again) {
        if (first === second) report(second, "looped", {}, []);
        else report(second, "again", { line: lineOf(first) }, [siteAt(first, "The manager is left here")]);
      }
      if (helper === null && yields.length === 0) report(generatorName(body), "empty", { name: generatorName(body).name }, []);
      if (missing !== null && helper !== null) report(missing.by === "return" ? missing.node : (body.id ?? helper), "missing", { exit: upperFirst(exitText(code, missing)), helper: helper.name }, []);
      const dead = new Set<TSESTree.Node>();
      for (const each of yields) {
        const after = each.delegate || again.some(({ first }) => first === each) ? null : deadAfter(each);
        if (after === null || dead.has(after)) continue;
        dead.add(after);
        report(after, "dead", { code: spelled(code, after.type === "ExpressionStatement" ? after.expression : after) }, [siteAt(each, "The manager is left here")], suggest("releaseInFinally", {}, releaseInFinally(code, body, each)));
      }
    }

    return {
      CallExpression(call) {
        const manager = managerBy(code, call);
        if (manager !== null) check(manager);
      },
      ":function[generator=true]"(node: GeneratorNode) {
        const manager = scopedManager(code, node);
        if (manager !== null) check(manager);
      },
    };
  },
});

/** What is wrong with how often a manager yields. Without a helper a `yield` in a loop only makes values that nobody takes, and a path without one is told by `done`. */
function expected({ helper }: Manager, { again, missing }: YieldFaults): YieldFaults {
  return helper === null ? { again: again.filter(({ first, second }) => first !== second), missing: null } : { again, missing };
}

/** The name by which a bare generator is called. */
function generatorName(body: GeneratorNode): TSESTree.Identifier {
  return (body.type === "FunctionDeclaration" ? body : (body.parent as TSESTree.VariableDeclarator)).id as TSESTree.Identifier;
}

function madeAt({ body, helper }: Manager): Site {
  if (helper === null) return nameSite(generatorName(body), "Each of its calls is left at its first `yield`");
  return helper.type === "Identifier" ? nameSite(helper, `\`${helper.name}\` makes it a manager`) : siteAt(helper, `\`${helper.name}\` makes it a manager`);
}

/**
 * Whether a `catch` around a `yield` waits for errors of the manager's user: it
 * has no other error to catch, it rolls back, or it alone releases.
 */
function isBlind(code: Code, at: TSESTree.YieldExpression, { block, finalizer }: TSESTree.TryStatement, { body }: TSESTree.CatchClause): boolean {
  if (at.delegate) return false;
  if (!mayFailAhead(code, block, at)) return true;
  // The `finally` undoes it too: then the `catch` is for what comes ahead of the `yield`.
  if (finalizer !== null && ownNodesIn(code, finalizer).some((node) => node.type === "MemberExpression" && undoesWork(propertyName(node)))) return false;
  return ownNodesIn(code, body).some((node) => node.type === "MemberExpression" && callOf(node) !== null && (undoesWork(propertyName(node)) || (finalizer === null && isRelease(code, node) && !isFilledIn(code, node, block))));
}

/** Whether what is released may be acquired in the block itself: then its own failure is cleaned up after. */
function isFilledIn(code: Code, { object }: TSESTree.MemberExpression, block: TSESTree.BlockStatement): boolean {
  const released = unwrap(object);
  return released.type !== "Identifier" || ownNodesIn(code, block).some((node) => node.type === "AssignmentExpression" && node.left.type === "Identifier" && node.left.name === released.name);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
