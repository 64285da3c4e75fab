/** What may turn code off its course? */

import type { Code } from "../code.js";
import { neverComesBack } from "../lexicon/failing.js";
import { isRelease, isReleaseName } from "../ownership/release/release-name.js";
import { calleeName } from "../ownership/values/callee.js";
import { mayReject, mayThrow, neverReturns } from "../ownership/waiting/failure.js";
import type { Course, Tracked } from "./walk/tracked.js";

/** The course of code in which any call may throw that is worth regarding so. */
export function course(code: Code): Course {
  return {
    neverReturns: (call) => neverReturns(code, call),
    mayThrow: (call) => mayThrow(code, call),
    mayReject: (awaited) => mayReject(code, awaited),
    mayStopAt: () => false,
    isRelease: ({ callee }) => (callee.type === "Identifier" ? isReleaseName(code, callee.name) : callee.type === "MemberExpression" && isRelease(code, callee)),
  };
}

/** For a walk that follows no variable and in which what fails is no path: an error is told, and needs nothing else. */
export function withoutFailures(code: Code): Pick<Tracked, keyof Course | "dischargedAhead" | "isTracked" | "nullable"> {
  return {
    nullable: false,
    dischargedAhead: new Set(),
    isTracked: () => false,
    neverReturns: (call) => code.types?.neverReturns(call) === true || neverComesBack(calleeName(call)),
    mayThrow: () => false,
    mayReject: () => false,
    mayStopAt: () => false,
    isRelease: () => false,
  };
}
