// F03: configuring, awaiting and reassigning a fluent object keeps one owner and one disposal.
import { MongoClient } from "mongodb";
import { AuditedChannel, Channel } from "./channel.js";

export async function publish(url: URL, messages: string[], token?: string): Promise<number> {
  await using channel = new Channel(url);
  channel.retries(3).header("x-trace", crypto.randomUUID()).withAuth(token);
  channel.on("idle", () => console.debug("idle")).once("message", () => console.debug("first"));
  await channel.connect();
  for (const message of messages) channel.send(message);
  await channel.flush();
  await (await channel.flush()).send("bye").flush();
  return messages.length;
}

export async function audited(url: URL, bodies: Iterable<string>): Promise<readonly string[]> {
  await using channel = await new AuditedChannel(url).retries(1).header("accept", "*/*").connect();
  let current: Channel = channel;
  for (const body of bodies) {
    current = current.send(body);
    if (body === "") current = current.header("x-empty", "1");
  }
  channel.named("audit").named("done");
  return [...channel.log];
}

export async function broadcast(channels: readonly Channel[], body: string): Promise<void> {
  for (const channel of channels) channel.send(body);
  channels.forEach((c) => c.header("x-last", body));
  await Promise.all(channels.map((c) => c.flush()));
}

export async function probe(uri: string, appName = "probe"): Promise<string[]> {
  await using client = await new MongoClient(uri, { appName }).connect();
  client.on("close", () => console.debug("closed")).setMaxListeners(20);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  return databases.map(({ name }) => name);
}

export function tune(channel: Channel | undefined, options: { retries?: number; trace?: string }): Channel | undefined {
  channel?.retries(options.retries ?? 0).header("x-trace", options.trace);
  options.trace && channel?.header("x-traced", "1");
  return channel?.withAuth(process.env.TOKEN);
}
