// F11: every consumer of a factory scopes, returns, stores or only borrows the result.
import { clients, launchPuppeteer, openLog, traced, withResource, BrowserHost, type Factory } from "./factories.js";
import { openInvoiceDb, openOrderStore, openReportConnection, sharedOrderStore, type OrderStore } from "./database.js";
import { connectFirst, tryConnect, type Endpoint, type LineClient } from "./line-client.js";
import { startSandbox } from "./containers.js";

class OrderService implements AsyncDisposable {
  readonly #store: OrderStore;

  constructor(store: OrderStore) {
    this.#store = store;
  }

  static start(uri: string): Promise<OrderService> {
    return openOrderStore(uri).then((store) => new OrderService(store));
  }

  count(): Promise<number> {
    return this.#store.orders.countDocuments({ status: "open" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
  }
}

export const createService = async (uri: string) => new OrderService(await openOrderStore(uri));

export async function countOpenOrders(uri: string): Promise<number> {
  await using service = await OrderService.start(uri);
  return await service.count();
}

export async function isHealthy(): Promise<boolean> {
  const store = await sharedOrderStore();
  return store.ping().catch(() => false);
}

export async function ask(kind: keyof typeof clients, question: string): Promise<string | undefined> {
  const create: Factory<LineClient> | undefined = clients[kind];
  if (!create) return undefined;
  await using client = await traced(String(kind), create)();
  return await client.request(question);
}

export const version = (endpoints: Endpoint[]) =>
  withResource(() => connectFirst(endpoints), async (client) => (await client.request("VERSION")).split(" ").at(-1) ?? "");

export async function greet(endpoint?: Endpoint): Promise<string> {
  await using client = await tryConnect(endpoint);
  return (await client?.request("HELLO")) ?? "offline";
}

export async function appendOnce(path: string, text: string): Promise<boolean> {
  await using log = await openLog(path, "exclusive");
  await log?.appendFile(text);
  return log !== null;
}

export async function report(uri: string, executablePath: string) {
  await using db = await openInvoiceDb(uri);
  await using connection = await openReportConnection(uri);
  await using browser = await launchPuppeteer(executablePath);
  const [{ total }] = await db.selectFrom("invoice").select((eb) => eb.fn.sum<number>("amount").as("total")).execute();
  const [fields] = await connection.query("show session variables like 'max_execution_time'");
  return { total, fields, agent: await browser.userAgent() };
}

export async function screenshotInBothLanguages(url: string) {
  await using host = new BrowserHost();
  const shots = new Map<string, Buffer>();
  for (const locale of ["en-US", "de-DE"]) {
    await using context = await host.newContext(locale);
    await using page = await context.newPage();
    await page.goto(url);
    shots.set(locale, await page.screenshot());
  }
  await using sandbox = await startSandbox();
  return { shots, host: sandbox.primary.getHost() };
}
