import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** What is promised, and what fails where it is not kept. */
export type Claims = Readonly<Record<string, () => Promise<void>>>;

/** What happened, in order; empty when a claim begins. */
export const log: string[] = [];

export class Conn implements AsyncDisposable {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
    log.push(`open ${name}`);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await sleep(1);
    log.push(`close ${this.name}`);
  }
}

interface Thrown extends Error {
  readonly error: Error;
  readonly errors: readonly Error[];
  readonly suppressed: Error;
}

/** What a function throws, or rejects with; that it does is a claim of its own. */
export async function thrown(by: () => unknown): Promise<Thrown> {
  try {
    await by();
  } catch (error) {
    return error as Thrown;
  }
  assert.fail("nothing was thrown");
}
