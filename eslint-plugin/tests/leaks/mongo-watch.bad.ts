import type { Collection } from "mongodb";

export interface Job {
  _id: string;
  state: string;
  result?: string;
}

/** Waits for the next change of one job; null when it was deleted or the collection went away. */
export async function nextChange(jobs: Collection<Job>, id: string): Promise<Job | null> {
  const changes = jobs.watch([{ $match: { "documentKey._id": id } }], { // ✗ no-leak-on-path: changes, ChangeStream, jobs.watch(), line 27, await using
    fullDocument: "updateLookup",
  });
  const change = await changes.next();
  switch (change.operationType) {
    case "insert":
    case "update":
    case "replace": {
      const job = change.fullDocument ?? null;
      await changes.close();
      return job;
    }
    case "delete":
      await changes.close();
      return null;
    default:
      return null;
  }
}
