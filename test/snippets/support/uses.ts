// How a person goes on after inserting a snippet, and what has then happened, in which order.

/** What shall fail, what has happened then, and what the caller is told. */
export interface Scenario {
  readonly fails: readonly string[];
  readonly events: string;
  readonly error?: string;
}

export interface Use {
  /** Code ahead of the snippet, and behind it. `name` gives what a hole of the source is called after renaming. */
  readonly before?: (name: (hole: string) => string) => string;
  readonly after?: (name: (hole: string) => string) => string;
  /** Node 24, or a polyfill. */
  readonly takesStacks?: true;
  readonly scenarios: Readonly<Record<string, Scenario>>;
}

/** A snippet of statements is put into an asynchronous function, with `body()` at its end; others are declarations. */
export const uses: Readonly<Record<string, Use>> = {
  "await-using": {
    scenarios: {
      "good path": { fails: [], events: "open a, body, close a" },
      "failing body": { fails: ["body"], events: "open a, body, close a", error: "body" },
      "failing acquisition": { fails: ["open a"], events: "open a", error: "open a" },
      "failing disposer": { fails: ["close a"], events: "open a, body, close a", error: "close a" },
      "failing body and disposer": { fails: ["body", "close a"], events: "open a, body, close a", error: "close a ← body" },
    },
  },
  using: {
    scenarios: {
      "good path": { fails: [], events: "lock a, body, unlock a" },
      "failing body": { fails: ["body"], events: "lock a, body, unlock a", error: "body" },
      "failing acquisition": { fails: ["lock a"], events: "lock a", error: "lock a" },
      "failing disposer": { fails: ["unlock a"], events: "lock a, body, unlock a", error: "unlock a" },
    },
  },
  "using-inside-await-using": {
    scenarios: {
      "good path": { fails: [], events: "open a, lock a, body, unlock a, close a" },
      "failing body": { fails: ["body"], events: "open a, lock a, body, unlock a, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["lock a"], events: "open a, lock a, close a", error: "lock a" },
      "failing disposer": { fails: ["unlock a"], events: "open a, lock a, body, unlock a, close a", error: "unlock a" },
      "failing disposers": { fails: ["unlock a", "close a"], events: "open a, lock a, body, unlock a, close a", error: "close a ← unlock a" },
    },
  },
  nested: {
    scenarios: {
      "good path": { fails: [], events: "open a, request /, read /, body, finish /, close a" },
      "failing body": { fails: ["body"], events: "open a, request /, read /, body, finish /, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["request /"], events: "open a, request /, close a", error: "request /" },
      "failing reading": { fails: ["read /"], events: "open a, request /, read /, finish /, close a", error: "read /" },
      "failing disposer": { fails: ["finish /"], events: "open a, request /, read /, body, finish /, close a", error: "finish /" },
    },
  },
  class: {
    after: (name) => `
export async function run(): Promise<void> {
  await using opened = await ${name("Session")}.open("a");
  body();
}

export async function twice(): Promise<void> {
  const opened = await ${name("Session")}.open("a");
  await Promise.all([opened[Symbol.asyncDispose](), opened[Symbol.asyncDispose]()]);
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, send hello, body, close a" },
      "failing body": { fails: ["body"], events: "open a, send hello, body, close a", error: "body" },
      "failing acquisition": { fails: ["open a"], events: "open a", error: "open a" },
      "failing later step": { fails: ["send hello"], events: "open a, send hello, close a", error: "send hello" },
      "failing later step and disposer": { fails: ["send hello", "close a"], events: "open a, send hello, close a", error: "close a ← send hello" },
      "failing disposer": { fails: ["close a"], events: "open a, send hello, body, close a", error: "close a" },
      twice: { fails: [], events: "open a, send hello, close a" },
    },
  },
  "sync-class": {
    after: (name) => `
export async function run(): Promise<void> {
  await Promise.resolve();
  using held = new ${name("Guard")}("a");
  body();
}

function endEarly(held: Disposable): void {
  held[Symbol.dispose]();
}

export function twice(): void {
  using held = new ${name("Guard")}("a");
  endEarly(held);
}`,
    scenarios: {
      "good path": { fails: [], events: "lock a, body, unlock a" },
      "failing body": { fails: ["body"], events: "lock a, body, unlock a", error: "body" },
      "failing acquisition": { fails: ["lock a"], events: "lock a", error: "lock a" },
      "failing disposer": { fails: ["unlock a"], events: "lock a, body, unlock a", error: "unlock a" },
      twice: { fails: [], events: "lock a, unlock a" },
    },
  },
  manager: {
    after: (name) => `
export async function run(): Promise<void> {
  await using held = await ${name("session")}("a");
  await held.value.send("hello");
  body();
}

export async function twice(): Promise<void> {
  const held = await ${name("session")}("a");
  await Promise.all([held[Symbol.asyncDispose](), held[Symbol.asyncDispose]()]);
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, send hello, body, close a" },
      "failing body": { fails: ["body"], events: "open a, send hello, body, close a", error: "body" },
      "failing acquisition": { fails: ["open a"], events: "open a", error: "open a" },
      "failing disposer": { fails: ["close a"], events: "open a, send hello, body, close a", error: "close a" },
      "failing body and disposer": { fails: ["body", "close a"], events: "open a, send hello, body, close a", error: "close a ← body" },
      twice: { fails: [], events: "open a, close a" },
    },
  },
  "manager-await-using": {
    after: (name) => `
export async function run(): Promise<void> {
  await using held = await ${name("session")}("a");
  await held.value.${name("response")}.text();
  body();
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, request /, read /, body, finish /, close a" },
      "failing body": { fails: ["body"], events: "open a, request /, read /, body, finish /, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["request /"], events: "open a, request /, close a", error: "request /" },
      "failing disposer": { fails: ["finish /"], events: "open a, request /, read /, body, finish /, close a", error: "finish /" },
      "failing disposers": { fails: ["finish /", "close a"], events: "open a, request /, read /, body, finish /, close a", error: "close a ← finish /" },
    },
  },
  "manager-use": {
    before: (name) => `
const ${name("session")} = asyncContextManager(async function* (to: string) {
  await using conn = await ${name("connect")}(to);
  yield conn;
});
`,
    scenarios: {
      "good path": { fails: [], events: "open a, body, close a" },
      "failing body": { fails: ["body"], events: "open a, body, close a", error: "body" },
      "failing acquisition": { fails: ["open a"], events: "open a", error: "open a" },
      "failing disposer": { fails: ["close a"], events: "open a, body, close a", error: "close a" },
    },
  },
  transaction: {
    after: (name) => `
export async function run(): Promise<void> {
  await using conn = await connect("a");
  await using tx = await ${name("transaction")}(conn);
  body();
  await tx.value.commit();
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, send BEGIN, body, send COMMIT, close a" },
      "failing body": { fails: ["body"], events: "open a, send BEGIN, body, send ROLLBACK, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["send BEGIN"], events: "open a, send BEGIN, close a", error: "send BEGIN" },
      "failing commit": { fails: ["send COMMIT"], events: "open a, send BEGIN, body, send COMMIT, send ROLLBACK, close a", error: "send COMMIT" },
      "failing disposer": { fails: ["body", "send ROLLBACK"], events: "open a, send BEGIN, body, send ROLLBACK, close a", error: "send ROLLBACK ← body" },
    },
  },
  "transaction-callback": {
    after: (name) => `
export async function run(): Promise<void> {
  await using conn = await connect("a");
  await ${name("transaction")}(conn, async (tx) => {
    await tx.send("work");
    body();
  });
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, send BEGIN, send work, body, send COMMIT, close a" },
      "failing body": { fails: ["body"], events: "open a, send BEGIN, send work, body, send ROLLBACK, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["send BEGIN"], events: "open a, send BEGIN, close a", error: "send BEGIN" },
      "failing commit": { fails: ["send COMMIT"], events: "open a, send BEGIN, send work, body, send COMMIT, send ROLLBACK, close a", error: "send COMMIT" },
      "failing disposer": { fails: ["body", "send ROLLBACK"], events: "open a, send BEGIN, send work, body, send ROLLBACK, close a", error: "send ROLLBACK ← body" },
    },
  },
  timeout: {
    scenarios: {
      "good path": { fails: [], events: "open a, send ping, body, close a" },
      "failing body": { fails: ["body"], events: "open a, send ping, body, close a", error: "body" },
      "failing acquisition": { fails: ["open a"], events: "open a", error: "open a" },
      "failing work in the middle": { fails: ["send ping"], events: "open a, send ping, close a", error: "send ping" },
      "failing disposer": { fails: ["close a"], events: "open a, send ping, body, close a", error: "close a" },
    },
  },
  stack: {
    takesStacks: true,
    scenarios: {
      "good path": { fails: [], events: "open a, open b, open c, body, close c, close b, close a" },
      "failing body": { fails: ["body"], events: "open a, open b, open c, body, close c, close b, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["open b"], events: "open a, open b, close a", error: "open b" },
      "failing disposer": { fails: ["close b"], events: "open a, open b, open c, body, close c, close b, close a", error: "close b" },
      "failing body and disposer": { fails: ["body", "close b"], events: "open a, open b, open c, body, close c, close b, close a", error: "close b ← body" },
    },
  },
  "stack-move": {
    takesStacks: true,
    after: (name) => `
export async function run(): Promise<void> {
  await using pool = await ${name("Pool")}.open(["a", "b", "c"]);
  body();
}

export async function twice(): Promise<void> {
  const pool = await ${name("Pool")}.open(["a", "b", "c"]);
  await Promise.all([pool[Symbol.asyncDispose](), pool[Symbol.asyncDispose]()]);
}`,
    scenarios: {
      "good path": { fails: [], events: "open a, open b, open c, body, close c, close b, close a" },
      "failing body": { fails: ["body"], events: "open a, open b, open c, body, close c, close b, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["open b"], events: "open a, open b, close a", error: "open b" },
      "failing disposer": { fails: ["close b"], events: "open a, open b, open c, body, close c, close b, close a", error: "close b" },
      twice: { fails: [], events: "open a, open b, open c, close c, close b, close a" },
    },
  },
  "acquire-all": {
    scenarios: {
      "good path": { fails: [], events: "open a, open b, open c, send ping, body, send ping, body, send ping, body, close c, close b, close a" },
      "failing body": { fails: ["body"], events: "open a, open b, open c, send ping, body, close c, close b, close a", error: "body" },
      "failing acquisition in the middle": { fails: ["open b"], events: "open a, open b, open c, close c, close a", error: "open b" },
      "failing acquisitions": { fails: ["open a", "open c"], events: "open a, open b, open c, close b", error: "[open a, open c]" },
      "failing acquisition and disposer": { fails: ["open b", "close c"], events: "open a, open b, open c, close c, close a", error: "close c ← open b" },
      "failing disposer": { fails: ["close b"], events: "open a, open b, open c, send ping, body, send ping, body, send ping, body, close c, close b, close a", error: "close b" },
    },
  },
  // What it does is tested on its own.
  "helper/managed": { scenarios: {} },
};
