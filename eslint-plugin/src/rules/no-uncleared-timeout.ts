import { clearInScope } from "../edits/scopes/clear-timer.js";
import { suggest } from "../edits/text/edit.js";
import { timeLimitBy } from "../ownership/waiting/time-limit.js";
import { codeOf, createRule, reportFinding } from "./create-rule.js";
import { siteAt } from "./sites.js";
import { spelled } from "./words.js";

export default createRule<[], "abort" | "clear" | "race">({
  name: "no-uncleared-timeout",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow timers that bound a piece of work and are never cleared",
      recommended: "strict",
      requiresTypeChecking: false,
    },
    hasSuggestions: true,
    messages: {
      abort: "This timer bounds `await {{work}}` and is never cleared: once the work is done it runs on, keeps a Node process alive until it fires, and then aborts `{{name}}` for nothing. Write `using timeout = setTimeout(…)`, or clear it in a `finally`.",
      race: "This timer bounds `{{race}}` and is never cleared: when something else comes first it runs on, and keeps a Node process alive until it fires. Keep its handle, and clear it in a `finally` after the race.",
      clear: "Bind the timer by `using`, which clears it at the end of the scope.",
    },
    schema: [],
  },
  create(context) {
    const code = codeOf(context);
    return {
      "CallExpression[callee.name='setTimeout'], CallExpression[callee.property.name='setTimeout']"(timer) {
        const limit = timeLimitBy(code, timer);
        if (limit === null) return;
        const words = limit.by === "abort" ? { name: limit.name, work: spelled(code, limit.work) } : { race: spelled(code, limit.race) };
        reportFinding(context, {
          node: timer,
          messageId: limit.by,
          data: words,
          suggest: suggest("clear", {}, clearInScope(code, limit)),
          sites: () =>
            limit.by === "abort"
              ? [siteAt(limit.controller, "The controller that it aborts"), siteAt(limit.work, "This work is bounded")]
              : [siteAt(limit.race, "It takes part in this race")],
        });
      },
    };
  },
});
