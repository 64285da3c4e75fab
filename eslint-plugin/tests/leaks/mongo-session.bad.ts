import type { MongoClient } from "mongodb";

interface Account {
  _id: string;
  balance: number;
}

/** Moves money between two accounts in one transaction. */
export async function transfer(
  client: MongoClient,
  from: string,
  to: string,
  amount: number,
): Promise<boolean> {
  const session = client.startSession({ causalConsistency: true }); // ✗ no-leak-on-throw: session, ClientSession, client.startSession(), line 16, await using
  const moved = await session.withTransaction(async (transaction) => {
    const accounts = client.db("bank").collection<Account>("accounts");
    const payer = await accounts.findOne({ _id: from }, { session: transaction });
    if (payer === null || payer.balance < amount) return false;
    await accounts.updateOne({ _id: from }, { $inc: { balance: -amount } }, { session: transaction });
    await accounts.updateOne({ _id: to }, { $inc: { balance: amount } }, { session: transaction });
    return true;
  });
  await session.endSession();
  return moved;
}
