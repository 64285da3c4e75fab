/** Which names say that code is a test, or that it asks for a failure? */

import { anyOf, exactly, matching } from "./word.js";

/** The functions of test runners that are given what runs before or after tests (`ownership/values/test-code.ts`). */
export const isHook = exactly("after", "afterAll", "afterEach", "before", "beforeAll", "beforeEach");

/** Those that are given a test, a group of tests or a hook. What stands in a test (`ownership/values/test-code.ts`). */
export const isRunner = anyOf(isHook, exactly("bench", "describe", "it", "specify", "suite", "test"));

/** Those of them that are given a test. Nothing is meant to outlive one (`ownership/uses/follow.ts`). */
export const runsTestCase = exactly("it", "specify", "test");

/** Objects that have a runner's functions: `Deno.test`. What stands in a test. */
export const isRunnerObject = exactly("Deno");

/** The roots of assertions: they look at what they are given and keep nothing. Who owns an argument (`ownership/uses/argument-owner.ts`), when a closure runs (`ownership/values/closures.ts`), what a disposer may do that releases nothing (`ownership/release/memory-only-disposer.ts`). */
export const isAssertion = matching(/^(?:assert|expect|should)(?![a-z])/u);

/** Those of them that are given a group of tests, and only note which there are: the tests run when its callback is done (`ownership/values/test-code.ts`). */
export const isSuite = exactly("describe", "suite");

/**
 * Names by which a test asks for a failure: `assert.rejects(p)`, `t.throwsAsync(p)`, `assertRejects(f)`, `expect(p).rejects`,
 * `expect(f).toThrowErrorMatchingSnapshot()`, `expect(p).to.be.rejectedWith(e)` (`ownership/waiting/expected-failure.ts`).
 */
export const asksForFailure = matching(/^(?:(?:assert|is)Reject|reject|(?:assertT|toT|t)hrow)(?:s|ed|Error)?(?:Async|Sync|With|MatchingInlineSnapshot|MatchingSnapshot)?$/u);

/** Names behind which an assertion is one of a failure, whatever else it says of the error: `expect(p).rejects.not.toThrow(e)` (`ownership/waiting/expected-failure.ts`). */
export const asksForRejection = exactly("rejects");

/** Names that turn an assertion into its opposite: `expect(f).not.toThrow()` (`ownership/waiting/expected-failure.ts`). */
export const negates = exactly("never", "not");

/** The callees by which a test stops the clock: `vi.useFakeTimers()`, `mock.timers.enable()`, `new FakeTime()`. What a timer holds then is nothing (`ownership/owners/counter-evidence.ts`). */
export const stopsClock = matching(/(?:^|\.)(?:use|enable|with)FakeTimers$|(?:^|\.)timers\.enable$|(?:^|\.)Fake(?:Time|Clock|Timers)(?:\.install)?$/u);

/** Methods by which a test lets the clock go on. */
export const letsClockGo = exactly("disable", "restore", "uninstall", "useRealTimers");

/** The callees by which a test replaces a module: what its fakes give holds nothing. */
export const mocksModule = matching(/^(?:vi|jest|vitest|mock|td|sinon)\.(?:do|unstable_)?[mM]ock(?:Module)?$|^mock\.module$|^td\.replace$/u);

/** Files that a test runner looks for. Where a failure ends no more than a test (`ownership/waiting/end-at-failure.ts`). */
export const namesTestFile = matching(/[._-](?:bench|e2e|spec|test)s?\.[cm]?[jt]sx?$|(?:^|[\\/])(?:global|jest|mocha|playwright|test|vitest)[\w.-]*(?:setup|teardown)\.[cm]?[jt]sx?$|[\\/]__tests__[\\/]/u);
