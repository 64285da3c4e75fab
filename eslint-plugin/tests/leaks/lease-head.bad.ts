import { leases, type Broker, type Task } from "./lib-leases.js";

export interface Outcome {
  done: string[];
  failed: string[];
}

/** Handles what the broker has reserved for this worker, one task after the other. */
export async function work(
  broker: Broker,
  handle: (task: Task) => Promise<void>,
): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  for (using lease of leases(broker)) { // ✗ no-sync-using: lease, Lease, await using
    try {
      await handle(lease.task);
      outcome.done.push(lease.task.id);
    } catch {
      outcome.failed.push(lease.task.id);
    }
  }
  return outcome;
}
