import { MongoClient } from "mongodb";

interface Job {
  _id: string;
  state: "queued" | "running" | "done" | "failed";
  attempts: number;
  finishedAt?: Date;
}

/** How many jobs are in which state. */
export async function countByState(url: string): Promise<Record<string, number>> {
  await using client = await MongoClient.connect(url, { appName: "report" });
  const jobs = client.db("runner").collection<Job>("jobs");
  const rows = await jobs
    .aggregate<{ _id: string; count: number }>([{ $group: { _id: "$state", count: { $sum: 1 } } }])
    .toArray();
  return Object.fromEntries(rows.map((row) => [row._id, row.count]));
}

/** Removes what finished before the given day. */
export async function prune(url: string, before: Date): Promise<number> {
  await using client = new MongoClient(url);
  const jobs = client.db("runner").collection<Job>("jobs");
  const old = await jobs.countDocuments({ state: "done", finishedAt: { $lt: before } });
  if (old === 0) return 0;
  const { deletedCount } = await jobs.deleteMany({ state: "done", finishedAt: { $lt: before } });
  return deletedCount;
}
