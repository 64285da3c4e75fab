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
  for (await using lease of leases(broker)) {
    try {
      await handle(lease.task);
      outcome.done.push(lease.task.id);
    } catch {
      outcome.failed.push(lease.task.id);
    }
  }
  return outcome;
}
