/** Which exits leave the resource of a variable live? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { bringsUp } from "../../lexicon/acquiring.js";
import { tellsOpen } from "../../lexicon/living.js";
import { isManaged } from "../../ownership/generators/manager.js";
import { acquisitionIn } from "../../ownership/owners/acquisition.js";
import { propertyName, unwrap } from "../../ownership/values/destination.js";
import { functionAround } from "../../ownership/values/functions.js";
import { variableOf, writesOf, type Variable } from "../../ownership/values/variables.js";
import { calleeName } from "../../ownership/values/callee.js";
import { nodesIn, type CallNode } from "../../syntax.js";
import { course } from "../course.js";
import { scopeOf } from "../scope.js";
import type { Exit } from "../walk/exit.js";
import { liveExits } from "../walk/live-exits.js";
import type { Course, Tracked } from "../walk/tracked.js";
import type { Ahead, Holder } from "./holder.js";

/** The exits that leave a resource live, from where the variable gets it. */
export function exitsFrom(code: Code, holder: Holder, birth: TSESTree.Node, tracked: Partial<Tracked> = {}): readonly Exit[] {
  const scope = scopeOf(holder.variable);
  return scope === null ? [] : (liveExits(code, scope.body, scope.end, { ...trackedBy(code, holder, birth, null), ...tracked }) ?? []);
}

/** What the code does to the resource that a variable holds, and where. */
export function trackedBy(code: Code, holder: Holder, birth: TSESTree.Node, ahead: Ahead | null): Tracked {
  const { variable, uses, acquisition } = holder;
  const writes = writesOf(variable).map(({ identifier }) => identifier.parent);
  return {
    acquisition: acquisition.call,
    birth,
    nullable: acquisition.resource.nullable,
    isBorn: false,
    dischargedAhead: new Set(ahead === null ? [] : [ahead.statement]),
    discharges: new Set(uses.filter(({ how }) => how !== "borrowed").map(({ at }) => at)),
    overwrites: new Set(writes.filter((node) => node !== undefined && node !== birth) as TSESTree.Node[]),
    isTracked: (identifier) => variableOf(code, identifier) === variable,
    ...courseOf(code, holder),
  };
}

/** What may turn code off its course while a variable holds a resource: what opens it leaves nothing open where it fails. */
function courseOf(code: Code, { acquisition: { call }, promised, variable }: Holder): Course {
  const { mayReject, mayThrow, ...rest } = course(code);
  const opens = (risk: TSESTree.Node): boolean => isOpening(code, variable, risk) && isMadeClosed(code, call);
  // A promise of it that rejects has made nothing.
  const isItself = (awaited: TSESTree.Node): boolean => promised && awaited.type === "Identifier" && variableOf(code, awaited) === variable;
  const around = functionAround(call);
  const mayStop = around !== null && !isManaged(code, around);
  return { ...rest, mayStopAt: () => mayStop, mayReject: (awaited) => !opens(unwrap(awaited)) && !isItself(unwrap(awaited)) && mayReject(awaited), mayThrow: (risk) => !opens(risk) && mayThrow(risk) };
}

/** Whether a call makes an object at once, and not of something that is open: it holds nothing before it is told to connect. */
function isMadeClosed(code: Code, call: CallNode): boolean {
  return code.types?.isPromise(call) === false && call.arguments.every((argument) => acquisitionIn(code, argument) === null);
}

/** `client.connect()`, `once(server, "listening")`, `new Promise((resolve) => server.listen(0, resolve))` */
function isOpening(code: Code, variable: Variable, risk: TSESTree.Node): boolean {
  const isHeld = (node: TSESTree.Node | undefined): boolean => node?.type === "Identifier" && variableOf(code, node) === variable;
  if (risk.type === "NewExpression") return [...nodesIn(code, risk)].some((node) => node !== risk && node.type === "CallExpression" && isOpening(code, variable, node));
  if (risk.type !== "CallExpression") return false;
  if (risk.callee.type === "MemberExpression" && isHeld(unwrap(risk.callee.object))) return bringsUp(propertyName(risk.callee));
  const [held, event] = risk.arguments;
  return calleeName(risk) === "once" && isHeld(held) && event?.type === "Literal" && tellsOpen(String(event.value));
}
