/** What does a member do with its resource? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isHandlerProperty, listens } from "../../lexicon/calling-back.js";
import { advances, chains } from "../../lexicon/language.js";
import { getsReady, isEndEvent, livesOn, tellsEnd, tellsState } from "../../lexicon/living.js";
import { closesSourceByOption, concludes, undoesWork } from "../../lexicon/releasing.js";
import { needsDisposal } from "../../resource.js";
import { endsItsObject, isWhatDisposerCalls } from "../release/ending-method.js";
import { disposalBy, isConsumption, isRelease } from "../release/release-name.js";
import { registrationBy } from "../scopes/stack.js";
import { isAwaited } from "../values/closures.js";
import { callOf, destinationOf, isKeptOrHandedOut, propertyName, throughLiterals } from "../values/destination.js";
import { isIteratorSymbol } from "../values/dispose-symbol.js";
import { readsOf, variableOf } from "../values/variables.js";
import { isFailureExpected } from "../waiting/expected-failure.js";
import { borrowed, unknown, type Effect } from "./use.js";

/** What a member gives whose effect is that of its value: the resource once more, or something made from it. */
export interface Given {
  readonly gives: "derived" | "itself";
  readonly at: TSESTree.Node;
}

/** What a member does with its resource, or what it gives, if that is where the question goes on. */
export function memberEffect(code: Code, member: TSESTree.MemberExpression): Effect | Given {
  const disposal = disposalBy(code, member);
  if (disposal !== null) return { how: "disposed", via: "method", at: disposal };
  if (isRelease(code, member)) return unknown(member);
  const call = callOf(member);
  const name = propertyName(member);
  const iterator = call === null ? null : iteratorEffect(code, member, call);
  if (iterator !== null) return iterator;
  // Whoever waits for its end has waited until somebody ended it.
  if (tellsEnd(name) && isWaitedFor(code, call ?? member)) return { how: "transferred", via: "state", at: call ?? member };
  if (name !== null && (tellsState(name) || (concludes(name) && isTransaction(code, member.object)))) return unknown(call ?? member, "state");
  if (call === null) return propertyEffect(member, name);
  if (name !== null && isWhatDisposerCalls(code, member.object, name)) return { how: "disposed", via: "method", at: call };
  return name === null ? { gives: "derived", at: call } : callEffect(code, call, member, name);
}

/** Whether somebody waits for what a member gives: here, by a variable, or the caller, who is given the promise. */
function isWaitedFor(code: Code, value: TSESTree.Node): boolean {
  if (isAwaited(value)) return true;
  const destination = destinationOf(value);
  if (destination.to === "returned") return code.types?.isPromise(value) === true;
  const variable = destination.to === "declared" && destination.declarator.id.type === "Identifier" ? variableOf(code, destination.declarator.id) : null;
  return variable !== null && readsOf(variable).some((read) => isAwaited(read));
}

/** Whether an object can be concluded in two ways: a `commit()` alone is no end of anything. */
function isTransaction({ types }: Code, object: TSESTree.Node): boolean {
  return types === null || [...types.membersOf(object)].some((name) => undoesWork(name) || name === "finish" || name === "complete");
}

/** `rows[Symbol.asyncIterator]()`, which reads it as `for await` does, where it is advanced or given to somebody who does that. */
function iteratorEffect(code: Code, member: TSESTree.MemberExpression, call: TSESTree.CallExpression): Effect | null {
  if (!isIteratorSymbol(member)) return null;
  return isAdvanced(code, call) ? { how: "transferred", via: "iteration", at: call } : borrowed(call);
}

/** Whether an iterator is advanced or ended, or given away; one that nobody asks for anything has read nothing. */
function isAdvanced(code: Code, iterator: TSESTree.Node): boolean {
  const destination = destinationOf(iterator);
  switch (destination.to) {
    case "declared": {
      const { id } = destination.declarator;
      const variable = id.type === "Identifier" ? variableOf(code, id) : null;
      return variable === null || readsOf(variable).some((read) => isAdvanced(code, read));
    }
    case "discarded":
    case "tested":
      return false;
    case "receiver":
      return callOf(destination.member) === null || advances(propertyName(destination.member));
    default:
      return true;
  }
}

function propertyEffect(member: TSESTree.MemberExpression, name: string | null): Effect | Given {
  const { parent } = member;
  if (parent.type !== "AssignmentExpression" || parent.left !== member) return { gives: "derived", at: member };
  return isHandlerProperty(name) ? unknown(parent, "listener") : borrowed(parent);
}

function callEffect(code: Code, call: TSESTree.CallExpression, member: TSESTree.MemberExpression, name: string): Effect | Given {
  if (call.arguments.some(asksToClose)) return unknown(call);
  if (isConsumption(member)) return { how: "transferred", via: "iteration", at: call };
  // What fails because its object is closed says so; what never got ready is still to be closed.
  if (isFailureExpected(call) && !getsReady(name)) return unknown(call, "state");
  if (chains(name)) return unknown(call);
  if (endsItsObject(code, call)) return { how: "disposed", via: "method", at: call };
  // What a stack hands back is what it was given, and no part of itself.
  if (registrationBy(code, call) !== null) return isHandedOut(call) ? { how: "transferred", via: "return", at: call } : borrowed(call);
  if (name === "move") return { how: "transferred", via: "move", at: call };
  if (listens(name) && hearsEnd(code, member, call)) return unknown(call, "end");
  if (livesOn(name) || listens(name)) return unknown(call, "listener");
  return { gives: handsBackItself(code, call, member) ? "itself" : "derived", at: call };
}

/** `stream.on("data", …)`, `child.once("exit", …)`: a stream that is read by its events, and a process, come to their end by themselves. */
function hearsEnd({ types }: Code, { object }: TSESTree.MemberExpression, { arguments: [event] }: TSESTree.CallExpression): boolean {
  if (event?.type !== "Literal") return false;
  return event.value === "exit" || ((event.value === "data" || isEndEvent(String(event.value))) && types?.carriesData(object) === true);
}

/** Whether options ask what is made from a resource to close it at its own end: `writer({ autoClose: true })`. */
function asksToClose(options: TSESTree.CallExpressionArgument): boolean {
  if (options.type !== "ObjectExpression") return false;
  return options.properties.some(
    (property) => property.type === "Property" && property.key.type === "Identifier" && closesSourceByOption(property.key.name) && !(property.value.type === "Literal" && property.value.value === false),
  );
}

/** Whether the value of a call leaves its function, alone or inside literals. */
function isHandedOut(call: TSESTree.CallExpression): boolean {
  return isKeptOrHandedOut(throughLiterals(destinationOf(call)));
}

/** Whether a method that takes something gives its own object: `cursor.limit(10)`. */
function handsBackItself({ types }: Code, call: TSESTree.CallExpression, { object }: TSESTree.MemberExpression): boolean {
  if (call.arguments.length === 0 || types?.callee(call)?.handsBackItself !== true) return false;
  const made = types.resource(call);
  return needsDisposal(made.kind) && made.name === types.resource(object).name;
}
