import type { Code } from "../code.js";
import { neverComesBack } from "../lexicon/failing.js";
import { isRelease, isReleaseName } from "../ownership/release/release-name.js";
import { calleeName } from "../ownership/values/callee.js";
import { mayReject, mayThrow, neverReturns } from "../ownership/waiting/failure.js";
import type { Tracked } from "./walk/tracked.js";

/** What may turn code off its course, whatever is tracked. */
export function course(code: Code): Pick<Tracked, "isRelease" | "mayReject" | "mayThrow" | "neverReturns"> {
  return {
    neverReturns: (call) => neverReturns(code, call),
    mayThrow: (call) => mayThrow(code, call),
    mayReject,
    isRelease: ({ callee }) => (callee.type === "Identifier" ? isReleaseName(code, callee.name) : callee.type === "MemberExpression" && isRelease(code, callee)),
  };
}

/** For a walk in which what fails is no path: an error is told, and needs nothing else. */
export function quiet(code: Code): Omit<Tracked, "acquisition" | "birth" | "discharges" | "isBorn" | "overwrites"> {
  return {
    nullable: false,
    dischargedAhead: new Set(),
    isTracked: () => false,
    neverReturns: (call) => code.types?.neverReturns(call) === true || neverComesBack(calleeName(call)),
    mayThrow: () => false,
    mayReject: () => false,
    isRelease: () => false,
  };
}
