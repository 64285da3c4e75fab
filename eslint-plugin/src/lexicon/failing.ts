/** Which names say that a call may fail, cannot fail, or never comes back? */

import { exactly, matching } from "./word.js";

/** Functions that only let time pass, which does not fail (`ownership/waiting/failure.ts`). */
export const sleeps = exactly("delay", "pause", "setTimeout", "sleep", "wait");

/** Functions of the standard library that fail in everyday code: parsers; its collections, strings and numbers do not (`ownership/waiting/failure.ts`). */
export const parses = matching(/^(?:decode|parse)/u);

/** Methods of `process` that end the program (`ownership/waiting/failure.ts`). */
export const endsProgram = exactly("abort", "exit");

/** Functions that do not come back, where no type says so: they end a path of a generator (`flow/course.ts`). */
export const neverComesBack = matching(/^(?:exit|fail|panic|unreachable)$|[nN]ever$|^(?:fail|raise|throw)[A-Z]/u);
