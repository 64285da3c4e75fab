import { claim, untyped, type Claim } from "./claim.js";

/** What a scope disposes, and what does not fit its time. */
export const scopes: readonly Claim[] = [
  claim(
    "no-unawaited-use", "the scope that disposes it",
    "async function f() {\n  await using «1:c»: Conn = await open();\n  if (flag()) {\n    return «c.query('a')»;\n  }\n  return [];\n«2:}»",
    "`await using` scopes `c` here", "The scope disposes `c` here",
  ),
  claim(
    "no-unawaited-use", "work that was started before",
    "async function f() {\n  await using «1:c» = await open();\n  const work = «2:c.query('a')»;\n  return «work»;\n«3:}»",
    "`await using` scopes `c` here", "`work` comes from here", "The scope disposes `c` here",
  ),
  claim(
    "no-unawaited-use", "callbacks",
    "async function f(names: string[]) {\n  await using «1:c» = await open();\n  «names.«2:forEach»(async (name) => { await c.query(name); })»;\n«3:}»",
    "`await using` scopes `c` here", "`forEach` awaits nobody", "The scope disposes `c` here",
  ),
  claim(
    "no-unawaited-use", "a loop's head",
    "async function f(conns: Conn[]) {\n  for (await using «1:c» of conns) {\n    «c.ping()»;\n  «2:}»\n}",
    "`await using` scopes `c` here", "The scope disposes `c` here",
  ),
  claim(
    "no-escaping-using", "a closure",
    "async function f() {\n  await using «1:c» = await open();\n  return «async () => await «2:c».query('a')»;\n«3:}»",
    "`await using` scopes `c` here", "When this runs, `c` is disposed", "The scope disposes `c` here",
  ),
  claim(
    "no-escaping-using", "what keeps it",
    "class A {\n  #c: Conn | null = null;\n  async start() {\n    await using «1:c» = await open();\n    «2:this.#c» = «c»;\n  «3:}»\n}",
    "`await using` scopes `c` here", "This keeps it beyond the scope", "The scope disposes `c` here",
  ),
  claim(
    "no-escaping-using", "what was made of it",
    "async function f() {\n  await using «1:c» = await open();\n  const repo = «2:new Repo(c)»;\n  return «repo»;\n«3:}»",
    "`await using` scopes `c` here", "`repo` comes from here", "The scope disposes `c` here",
  ),
  claim(
    "no-escaping-using", "a stack's member",
    "async function f() {\n  await using «1:s» = new AsyncDisposableStack();\n  const «2:c» = s.use(await open());\n  return «c»;\n«3:}»",
    "`await using` scopes `s` here", "`s` takes `c` over here", "The scope disposes `s` and all it holds here",
  ),
  untyped(
    "no-escaping-using", "without types",
    "function f(make) {\n  using «1:l» = make();\n  return «l»;\n«2:}»",
    "`using` scopes `l` here", "The scope disposes `l` here",
  ),
  claim(
    "no-module-using", "what is exported, and what uses it",
    "using «db» = openSync();\nexport const «1:query» = () => «2:db».query('a');\nexport { «3:db as all» };",
    "`query` is exported here", "`db` is disposed by then", "`all` is exported here",
  ),
  claim(
    "no-dispose-borrowed", "a field, and who else uses it",
    "class Users {\n  constructor(readonly c: Conn) {}\n  async load() {\n    await using «x» = «1:this.c»;\n    await x.ping();\n  }\n  async count() { return await «2:this.c».query('a'); }\n}",
    "This belongs to somebody else", "This is used after it",
  ),
  claim(
    "no-dispose-borrowed", "a parameter, and the caller's scope",
    "async function load(c: Conn) {\n  await using «x» = «1:c»;\n  await x.ping();\n}\nasync function f() {\n  await using «2:c» = await open();\n  await load(c);\n}",
    "This belongs to somebody else", "The caller's scope disposes it too",
  ),
  claim(
    "no-use-after-dispose", "the disposal",
    "async function f() {\n  const c = await open();\n  await «1:c.close()»;\n  await «c.ping()»;\n}",
    "It is disposed here",
  ),
  claim(
    "no-use-after-dispose", "the scope, after its block",
    "async function f() {\n  let k: Conn;\n  {\n    await using «1:c» = await open();\n    k = c;\n  «2:}»\n  await «k.ping()»;\n}",
    "`await using` scopes `c` here", "The scope disposes `c` here",
  ),
  claim(
    "no-use-after-dispose", "the scope that disposes again",
    "async function f() {\n  await using «1:c» = await open();\n  await c.ping();\n  await «c[Symbol.asyncDispose]()»;\n«2:}»",
    "`await using` scopes `c` here", "The scope disposes `c` here",
  ),
  claim(
    "no-use-after-dispose", "the first of two scopes",
    "async function f() {\n  await using «1:a» = await open();\n  await using b = «a»;\n  await b.ping();\n}",
    "This disposes it too",
  ),
  claim(
    "no-floating-dispose", "where it was acquired",
    "async function f() {\n  const c = await «1:open()»;\n  await c.ping();\n  «c.close()»;\n}",
    "`c` is acquired here",
  ),
  claim(
    "no-floating-dispose", "where it came from",
    "async function f() {\n  const c = await «1:getConn()»;\n  await c.ping();\n  «c.close()»;\n}",
    "`c` comes from here",
  ),
  claim(
    "no-floating-dispose", "the function that cannot await",
    "«1:function stop(c: Conn): void» {\n  «c.close()»;\n}",
    "This function cannot await it",
  ),
  claim(
    "no-floating-dispose", "callbacks",
    "async function f(conns: Conn[]) {\n  conns.«1:forEach»((c) => «c.close()»);\n  await work();\n}",
    "`forEach` awaits nobody",
  ),
  claim(
    "no-sync-using", "both disposers, and the class's own",
    "class Both {\n  [«1:Symbol.dispose»](): void {}\n  async [«2:Symbol.asyncDispose»](): Promise<void> { await work(); }\n}\nasync function f() {\n  using «b» = «3:new Both()»;\n  await work();\n}",
    "Its synchronous disposer is defined here", "Its asynchronous disposer is defined here", "Both has an asynchronous disposer too",
  ),
  untyped(
    "no-sync-using", "an asynchronous disposer only",
    "class Later {\n  async [«1:Symbol.asyncDispose»]() {}\n}\nfunction f() {\n  using «l» = «2:new Later()»;\n}",
    "Its asynchronous disposer is defined here", "Only `await using` can dispose a Later",
  ),
  untyped(
    "no-sync-using", "a promise, and why it is one",
    "async function «1:make»() {}\nfunction f() {\n  using «l» = «2:make()»;\n}",
    "`make` is an `async` function", "This gives a promise",
  ),
  claim(
    "no-sync-using", "promises",
    "async function f() {\n  for (using «l» of «1:[open(), open()]») step();\n}",
    "This holds promises",
  ),
  untyped(
    "no-unawaited-acquisition", "the declaration, and why it is a promise",
    "const «1:make» = async () => ({});\nasync function f() {\n  await using «2:l» = «make()»;\n}",
    "`make` is an `async` function", "`await using` throws here on the promise",
  ),
  claim(
    "no-unawaited-acquisition", "a loop's head",
    "async function f() {\n  for (await using «1:c» of [await open(), «open()»]) await c.ping();\n}",
    "`await using` throws here on the promise",
  ),
  untyped(
    "no-unawaited-acquisition", "a stack",
    "async function «1:make»() {}\nasync function f() {\n  await using s = «2:new AsyncDisposableStack()»;\n  s.«3:use»(«make()»);\n}",
    "`make` is an `async` function", "The stack is made here", "`use` throws on a promise",
  ),
  claim(
    "no-unawaited-acquisition", "an adopting callback",
    "async function f() {\n  await using s = «1:new AsyncDisposableStack()»;\n  s.«2:adopt»(«open()» as any, async («3:c») => { await c.close(); });\n}",
    "The stack is made here", "`adopt` does not await the promise", "The callback is given the promise",
  ),
  claim(
    "no-unawaited-acquisition", "a method without its object",
    "async function f(c: Conn, s: AsyncDisposableStack) {\n  s.«1:defer»(«c.close»);\n}",
    "`defer` is given the method without its object",
  ),
];
