import { Slot } from "./lib-slots.js";

const freed: number[] = [];

/** Counts jobs into batches, and marks the place of the last batch as busy meanwhile. */
export function batches(jobs: readonly string[], size: number): number[] {
  const counts: number[] = [];
  let count = 0;
  let slot = new Slot(0, (index) => freed.push(index)); // ✗ no-leak-on-path: slot, Slot, new Slot(), line 14, using
  for (const job of jobs) {
    count += job === "" ? 0 : 1;
    if (count === size) {
      counts.push(count);
      slot = new Slot(counts.length, (index) => freed.push(index)); // ✗ no-leak-on-path: slot, Slot, new Slot(), line 14, using
      count = 0;
    }
  }
  slot.release();
  return counts;
}
