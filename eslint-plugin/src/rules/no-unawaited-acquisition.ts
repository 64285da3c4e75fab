import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../code.js";
import { awaitElements } from "../edits/scopes/change-keyword.js";
import { suggest, type Edit } from "../edits/text/edit.js";
import { insertAwait } from "../edits/waiting/await.js";
import { callLater, postpone } from "../edits/waiting/postpone.js";
import { chains } from "../lexicon/language.js";
import { isUnbound } from "../ownership/release/release-name.js";
import { givenBy, givenByElements, isAsyncFunction, underAny } from "../ownership/scopes/given-resource.js";
import { registrationBy, type Registration } from "../ownership/scopes/stack.js";
import { propertyName } from "../ownership/values/destination.js";
import { symbolOf } from "../ownership/values/dispose-symbol.js";
import { isFunction } from "../ownership/values/functions.js";
import { readsOf, variableOf } from "../ownership/values/variables.js";
import { startsPromise } from "../ownership/waiting/dropped-promises.js";
import { textOf } from "../text.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { shown } from "./leak.js";
import type { Site } from "./related-sites.js";
import { asyncSites, registrationSites, siteAt } from "./sites.js";
import { spelled } from "./words.js";

type Effect = "awaitElements" | "awaitPromise" | "bind" | "postpone";
type Finding = "adopted" | "called" | "element" | "elements" | "scoped" | "unbound" | "used";

export default createRule<[], Effect | Finding>({
  name: "no-unawaited-acquisition",
  meta: {
    type: "problem",
    docs: {
      description: "Require `await` on an acquisition that is given to a scope or a stack",
      recommended: "recommended",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      adopted: "`{{call}}` gives a promise, and `{{stack}}.adopt()` hands that promise to its callback instead of what it gives, which is never disposed. Write `{{stack}}.adopt(await {{call}}, …)`.",
      called: "`{{call}}` runs here and now, and `{{stack}}.defer()` throws a TypeError on the promise it gives. Write `{{stack}}.defer(() => {{call}})`.",
      element: "`{{call}}` gives a promise, and `await using` throws a TypeError on a promise: what opens later is never disposed. Write `await {{call}}`.",
      elements: "`{{call}}` holds promises, and `await using` throws a TypeError on a promise: what opens later is never disposed. Write `for await (await using {{name}} of {{call}})`.",
      scoped: "`{{call}}` gives a promise, which `await using` does not await before it declares `{{name}}`: it throws a TypeError, and what opens later is never disposed. Write `await using {{name}} = await {{call}}`.",
      unbound: "`{{method}}` is passed without its object, so it fails when `{{stack}}` calls it at disposal. Write `{{stack}}.defer(() => {{method}}())`.",
      used: "`{{call}}` gives a promise, and `{{stack}}.use()` throws a TypeError on a promise: what opens later is never disposed. Write `{{stack}}.use(await {{call}})`.",
      awaitElements: "Let the loop await its elements with `for await`.",
      awaitPromise: "Await the promise here.",
      bind: "Pass a function that calls the method on its object.",
      postpone: "Pass a function that makes this call when the stack is disposed.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);

    /** @param sites what belongs to it beside the function that gives the promise */
    function report(node: TSESTree.Node, finding: Finding, data: Readonly<Record<string, string>>, effect: Effect, edits: readonly Edit[] | null, sites: () => readonly Site[]): void {
      reportFinding(context, {
        node,
        messageId: finding,
        data: { call: spelled(code, node), ...data },
        suggest: suggest(effect, {}, edits),
        sites: () => [...sites(), ...asyncSites(code, node)],
      });
    }

    function checkScope({ id, init }: TSESTree.VariableDeclarator): void {
      const given = init === null ? null : givenBy(code, init);
      // TypeScript itself refuses it, unless a cast to any hides it (TS2851).
      if (given?.promised !== true || (!code.isJavaScript && !given.hidden)) return;
      report(given.at, "scoped", { name: textOf(code, id) }, "awaitPromise", insertAwait(code, given.at), () => [siteAt(id, "`await using` throws here on the promise")]);
    }

    function checkHead({ id }: TSESTree.VariableDeclarator, loop: TSESTree.ForOfStatement): void {
      const { right } = loop;
      if (loop.await || givenByElements(code, loop)?.promised !== true) return;
      const elements = right.type === "ArrayExpression" ? right.elements.filter((element) => element !== null) : [];
      const promises = elements.filter((element) => element.type !== "SpreadElement" && givenBy(code, element)?.promised === true);
      const sites = (): readonly Site[] => [siteAt(id, "`await using` throws here on the promise")];
      for (const promise of promises) report(promise, "element", {}, "awaitPromise", insertAwait(code, promise), sites);
      if (promises.length === 0) report(right, "elements", { name: textOf(code, id) }, "awaitElements", awaitElements(loop), sites);
    }

    function checkDeferred(value: TSESTree.Node, registration: Registration): void {
      const { checked } = registration;
      const stack = shown(code, registration.stack);
      const under = underAny(value);
      const given = under?.at ?? (value.type === "ChainExpression" ? value.expression : value);
      if (isUnbound(code, given)) {
        report(given, "unbound", { method: shown(code, given), stack }, "bind", callLater(code, given), () => registrationSites(code, registration, "`defer` is given the method without its object"));
      } else if (given.type === "CallExpression") {
        // TypeScript itself refuses it, unless any hides it (TS2345).
        if ((checked && under === null) || under?.awaited === true || !givesPromise(given)) return;
        report(given, "called", { stack }, "postpone", postpone(code, given), () => registrationSites(code, registration, "`defer` throws on what the call gives"));
      }
    }

    function checkRegistration(registration: Registration): void {
      const { call, checked, method, stack } = registration;
      const [value, callback] = call.arguments;
      if (value === undefined || value.type === "SpreadElement") return;
      const name = shown(code, stack);
      if (method === "defer") {
        checkDeferred(value, registration);
        return;
      }
      const given = givenBy(code, value);
      if (given?.promised !== true) return;
      if (method === "use") {
        if (!checked || given.hidden) report(given.at, "used", { stack: name }, "awaitPromise", insertAwait(code, given.at), () => registrationSites(code, registration, "`use` throws on a promise"));
      } else if (usesItsInput(code, callback)) {
        report(given.at, "adopted", { stack: name }, "awaitPromise", insertAwait(code, given.at), () => adoptionSites(code, registration));
      }
    }

    function givesPromise(call: TSESTree.CallExpression): boolean {
      return code.types === null ? isAsyncFunction(code, call.callee) : startsPromise(code, call);
    }

    return {
      CallExpression(call) {
        const registration = registrationBy(code, call);
        if (registration !== null) checkRegistration(registration);
      },
      "VariableDeclaration[kind='await using']"(declaration: TSESTree.VariableDeclaration) {
        for (const declarator of declaration.declarations as TSESTree.VariableDeclarator[]) {
          if (declaration.parent.type === "ForOfStatement") checkHead(declarator, declaration.parent);
          else checkScope(declarator);
        }
      },
    };
  },
});

/** Where an adopting callback uses the promise as the resource. */
function adoptionSites(code: Code, registration: Registration): readonly Site[] {
  const callback = registration.call.arguments[1];
  const parameter = callback !== undefined && isFunction(callback) ? callback.params[0] : undefined;
  return [
    ...registrationSites(code, registration, "`adopt` does not await the promise"),
    ...(parameter === undefined ? [] : [siteAt(parameter, "The callback is given the promise")]),
  ];
}

/** Whether an adopting callback takes its parameter for the resource: it asks the promise for a member that only the resource has. */
function usesItsInput(code: Code, callback: TSESTree.Node | undefined): boolean {
  if (callback === undefined || !isFunction(callback)) return false;
  const [parameter] = callback.params;
  if (parameter?.type === "ObjectPattern") return true;
  const variable = parameter?.type === "Identifier" ? variableOf(code, parameter) : null;
  const reads = variable === null ? [] : readsOf(variable);
  return reads.length > 0 && reads.every((read) => read.parent.type === "MemberExpression" && read.parent.object === read && !isOfPromise(read.parent));
}

function isOfPromise(member: TSESTree.MemberExpression): boolean {
  const name = propertyName(member);
  return name === null ? symbolOf(member.property, member.computed) === null : chains(name);
}
