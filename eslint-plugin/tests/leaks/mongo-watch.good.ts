import type { Collection } from "mongodb";

export interface Job {
  _id: string;
  state: string;
  result?: string;
}

/** Waits for the next change of one job; null when it was deleted or the collection went away. */
export async function nextChange(jobs: Collection<Job>, id: string): Promise<Job | null> {
  await using changes = jobs.watch([{ $match: { "documentKey._id": id } }], {
    fullDocument: "updateLookup",
  });
  const change = await changes.next();
  switch (change.operationType) {
    case "insert":
    case "update":
    case "replace":
      return change.fullDocument ?? null;
    default:
      return null;
  }
}
