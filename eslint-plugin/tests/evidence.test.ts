import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import { sitesOf as sitesIn, type Site } from "../src/evidence.js";
import plugin from "../src/index.js";
import { ruleTestCases } from "./support/cases.js";
import { fixtures } from "./support/rule-tester.js";
import { lint, projectAt, sitesOf, strict, Workspace, type SourceText } from "./support/workspace.js";

type Range = Site["range"];

/** One finding of a rule, between « and », and its sites: «1:…», «2:…» in source order, with what each says. */
interface Claim {
  readonly rule: string;
  readonly title: string;
  readonly marked: string;
  readonly says: readonly string[];
  readonly isTyped: boolean;
  readonly options?: readonly object[];
}

function claim(rule: string, title: string, marked: string, ...says: readonly string[]): Claim {
  return { rule, title, marked, says, isTyped: true };
}

function untyped(rule: string, title: string, marked: string, ...says: readonly string[]): Claim {
  return { ...claim(rule, title, marked, ...says), isTyped: false };
}

const claims: readonly Claim[] = [
  claim(
    "require-using", "every exit that leaves it open",
    "async function load() {\n  const «c» = await «1:open()»;\n  if (flag()) «2:return;»\n  await c.ping();\n«3:}»",
    "`c` is acquired here", "This `return` leaves it open", "It is still open at the end of `load`",
  ),
  claim(
    "require-using", "what goes over several lines, by its first",
    "async function f() {\n  const «c» = await «1:open»(\n    'x',\n  );\n  «2:return await c.query(»\n    'a',\n  );\n}",
    "`c` is acquired here", "This `return` leaves it open",
  ),
  claim(
    "require-using", "a loop's body",
    "async function f() {\n  for (;;) {\n    const «l» = «1:lock()»;\n    if (l.name === 'a') «2:break;»\n    if (l.name === 'b') «3:continue;»\n    step();\n  «4:}»\n}",
    "`l` is acquired here", "This `break` leaves it open", "This `continue` leaves it open", "It is still open at the end of the loop's body",
  ),
  claim(
    "require-using", "the elements of a loop",
    "async function f() {\n  for (const «l» of [«1:lock()», lock()]) {\n    decode(l.name);\n  «2:}»\n}",
    "`l` is acquired here", "It is still open at the end of the loop's body",
  ),
  claim(
    "no-leak-on-path", "disposals and the exits that pass them by",
    "async function f() {\n  const «c» = await «1:open()»;\n  if (flag()) {\n    await «2:c.close()»;\n    return;\n  }\n  if (flag()) «3:return;»\n  await «4:c.close()»;\n}",
    "`c` is acquired here", "It is disposed here, but not on every path", "This `return` leaves it open", "It is disposed here, but not on every path",
  ),
  claim(
    "no-leak-on-path", "a transfer",
    "async function f(): Promise<Conn | null> {\n  const «c» = await «1:open()»;\n  if (flag()) return «2:c»;\n  «3:return null;»\n}",
    "`c` is acquired here", "It is handed on here, but not on every path", "This `return` leaves it open",
  ),
  claim(
    "no-leak-on-path", "replaced while it is open",
    "async function f() {\n  let «c» = await «1:open('a')»;\n  await c.ping();\n  «2:c = await open('b')»;\n  await «3:c.close()»;\n}",
    "`c` is acquired here", "It is replaced here while it is still open", "Only what `c` holds by then is disposed here",
  ),
  claim(
    "no-leak-on-throw", "what may throw, and the disposal",
    "async function f() {\n  const «c» = await «1:open()»;\n  await «2:c.ping()»;\n  await «3:c.close()»;\n}",
    "`c` is acquired here", "This may throw", "This disposal is then skipped",
  ),
  claim(
    "no-leak-on-throw", "what throws outright",
    "function f(isBad: boolean) {\n  const «l» = «1:lock()»;\n  if (isBad) «2:throw new Error();»\n  «3:l.release()»;\n}",
    "`l` is acquired here", "This throws", "This disposal is then skipped",
  ),
  claim(
    "no-floating-disposable", "the use of a temporary",
    "async function f() {\n  return await «1:(await «open()»).query»('a');\n}",
    "This is all that is done with it",
  ),
  claim(
    "no-floating-disposable", "the pattern that drops it",
    "async function f() {\n  const «1:{ id }» = await «open()»;\n  return id;\n}",
    "This pattern drops the resource itself",
  ),
  claim(
    "no-floating-disposable", "the callback's method",
    "function f(names: string[]) {\n  names.«1:forEach»((name) => «lock(name)»);\n}",
    "`forEach` drops what its callback returns",
  ),
  claim("no-floating-disposable", "nothing but the call", "async function f() {\n  await «open()»;\n}"),
  claim(
    "no-leaky-concurrency", "every acquisition, and what may fail beside them",
    "async function f() {\n  return await «Promise.all([«1:open('a')», «2:work()», «3:open('b')», 1])»;\n}",
    "What this acquires is lost when another one fails", "When this fails, the others are lost", "What this acquires is lost when another one fails",
  ),
  claim(
    "no-leaky-concurrency", "a race",
    "declare function timeout(): Promise<never>;\nasync function f() {\n  return await «Promise.race([«1:open()», «2:timeout()»])»;\n}",
    "What this acquires is lost when another one comes first", "When this comes first, the others are lost",
  ),
  claim(
    "no-leaky-concurrency", "a function given to map",
    "async function f(urls: string[]) {\n  return await «Promise.all(urls.map(«1:open»))»;\n}",
    "What this acquires is lost when another one fails",
  ),
  claim(
    "no-leaky-concurrency", "registered on a stack",
    "async function f(urls: string[]) {\n  await using s = new AsyncDisposableStack();\n  await «Promise.all(urls.map(async (url) => s.use(await «1:open(url)»)))»;\n  await work();\n}",
    "What this acquires is lost when it comes after the stack is disposed",
  ),
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
    "no-leaky-collection", "what is acquired for it",
    "async function f(urls: string[]) {\n  const «cs: Conn[]» = [await «1:open()»];\n  for (const url of urls) cs.push(await «2:open(url)»);\n  for (const c of cs) await c.ping();\n}",
    "What this acquires is kept by `cs`", "What this acquires is kept by `cs`",
  ),
  claim(
    "prefer-using", "the disposals",
    "async function f() {\n  const «a» = await open();\n  const b = lock();\n  try {\n    await a.ping();\n  } finally {\n    «1:b.release()»;\n    await «2:a.close()»;\n  }\n}",
    "`b` is disposed by `b.release()`", "`a` is disposed by `a.close()`",
  ),
  claim(
    "prefer-using", "the disposal at the end",
    "function f() {\n  const «l» = lock();\n  const { name } = l;\n  «1:l.release()»;\n  return name;\n}",
    "`l` is disposed by `l.release()`",
  ),
  claim(
    "prefer-disposable-stack", "what nested blocks scope",
    "function f() {\n  using «1:a» = lock();\n  «{»\n    using «2:b» = lock();\n    {\n      using «3:c» = lock();\n      decode(a.name + b.name + c.name);\n    }\n  }\n}",
    "This is disposed where all the blocks end", "This is disposed where all the blocks end", "This is disposed where all the blocks end",
  ),
  claim(
    "prefer-disposable-stack", "what a loop gets",
    "async function f(names: string[]) {\n  const «all: Conn[]» = [];\n  try {\n    for (const name of names) all.push(await «1:open(name)»);\n  } finally {\n    for (const each of all.reverse()) await «2:each.close()»;\n  }\n}",
    "What this acquires is kept for the loop", "This stops at the first one that fails",
  ),
  claim(
    "prefer-disposable-stack", "the functions",
    "function f() {\n  const «undo: (() => void)[]» = [];\n  try {\n    const l = lock();\n    «1:undo.push»(() => {\n      l.release();\n    });\n    «2:undo.push(step)»;\n  } finally {\n    for (const each of undo.reverse()) «3:each()»;\n  }\n}",
    "This is kept for the loop", "This is kept for the loop", "This stops at the first one that fails",
  ),
  claim(
    "prefer-disposable-stack", "the acquisition and the disposal",
    "function f(name?: string) {\n  let l: Lock | undefined;\n  try {\n    if (name !== undefined) «l» = «1:lock(name)»;\n    decode(l?.name ?? '');\n  } finally {\n    «2:l?.release()»;\n  }\n}",
    "`l` is acquired here", "It is disposed here, if it is there",
  ),
  claim(
    "prefer-disposable-stack", "the releases of nested statements",
    "function f() {\n  «try» {\n    try {\n      try { step(); } finally { «1:clearInterval(1)»; }\n    } finally { «2:clearInterval(2)»; }\n  } finally { «3:clearInterval(3)»; }\n}",
    "This is called on the way out", "This is called on the way out", "This is called on the way out",
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
  claim(
    "no-async-dispose", "an async disposer",
    "class A {\n  public «1:async» [«Symbol.dispose»](): Promise<void> { await work(); }\n}",
    "`async` makes it give a promise",
  ),
  claim(
    "no-async-dispose", "a disposer that returns a promise",
    "class A {\n  [«Symbol.dispose»](): «1:Promise<void>» {\n    return «2:work()»;\n  }\n}",
    "This declares a promise", "This is a promise",
  ),
  claim(
    "no-async-dispose", "a generator",
    "const a = {\n  «1:*»[«Symbol.dispose»]() { yield 1; },\n};\nstep.call(a);",
    "The `*` makes it a generator",
  ),
  untyped(
    "no-async-dispose", "a function named elsewhere",
    "async function «1:stop»() {}\nconst a = {\n  [«Symbol.dispose»]: «2:stop»,\n};",
    "`stop` is an `async` function", "This gives a promise",
  ),
  claim(
    "no-async-dispose", "a callback of a synchronous stack",
    "function f() {\n  using s = «1:new DisposableStack()»;\n  s.«2:defer»(«() => «3:work()»»);\n}",
    "The stack is made here", "The stack does not await what this callback gives", "This is a promise",
  ),
  claim(
    "valid-async-dispose", "the disposer that does not wait",
    "class A {\n  async [«1:Symbol.asyncDispose»]() {\n    «work()»;\n  }\n}",
    "This disposer does not wait for it",
  ),
  claim(
    "valid-async-dispose", "a generator",
    "class A {\n  async «1:*»[«Symbol.asyncDispose»]() { yield 1; }\n}",
    "The `*` makes it a generator",
  ),
  claim(
    "valid-async-dispose", "what is no promise",
    "class A {\n  [«Symbol.asyncDispose»]() {\n    if (flag()) return «1:1»;\n    return «2:'done'»;\n  }\n}",
    "This is no promise", "This is no promise",
  ),
  claim(
    "valid-async-dispose", "what declares no promise",
    "class A {\n  [«Symbol.asyncDispose»](): «1:void» {\n    step();\n  }\n}",
    "This declares no promise",
  ),
  claim(
    "valid-generator-manager", "the helper and the yield before what never runs",
    "const manager = «1:asyncContextManager»(async function* () {\n  «2:yield 1»;\n  «await work();»\n});",
    "`asyncContextManager` makes it a manager", "The manager is left here",
  ),
  claim(
    "valid-generator-manager", "the release of what the try acquires",
    "const manager = «1:asyncContextManager»(async function* () {\n  let c!: Conn;\n  try {\n    «c = await open()»;\n    yield c;\n  } finally {\n    await «2:c.close»();\n  }\n});",
    "`asyncContextManager` makes it a manager", "This throws then",
  ),
  claim(
    "valid-generator-manager", "an exit without a yield",
    "const manager = «1:asyncContextManager»(async function* () {\n  if (flag()) «return;»\n  yield 1;\n});",
    "`asyncContextManager` makes it a manager",
  ),
  claim(
    "no-abandoned-generator", "the generator and each step",
    "async function* rows() {\n  await using c = await open();\n  for (;;) yield await c.query('');\n}\nasync function f() {\n  const «it» = «1:rows()»;\n  await it.«2:next»();\n  await it.«3:next»();\n}",
    "The generator is made here", "It is advanced by hand here", "It is advanced by hand here",
  ),
  claim(
    "no-abandoned-generator", "a temporary's step",
    "function* rows() {\n  using l = lock();\n  yield l.name;\n}\nfunction f() {\n  return «rows()».«1:next»().value;\n}",
    "It is advanced by hand here",
  ),
  claim(
    "no-abandoned-generator", "what is never started",
    "async function* rows() {\n  await using c = await open();\n  yield c;\n}\nasync function f() {\n  await using «it» = «1:rows()»;\n}",
    "Nothing of this runs",
  ),
  untyped(
    "require-manager-wrapper", "the yield and the scope that releases",
    "export async function* «conn»() {\n  «1:await using c = await open();»\n  «2:yield c»;\n}",
    "This releases what it yields", "This is its only `yield`",
  ),
  claim(
    "require-manager-wrapper", "the yield and the release in finally",
    "export async function* «conn»() {\n  const c = await open();\n  try {\n    «1:yield c»;\n  } finally {\n    await «2:c.close()»;\n  }\n}",
    "This is its only `yield`", "This releases what it yields",
  ),
  claim(
    "no-uncleared-timeout", "the controller and the work",
    "declare function load(signal: AbortSignal): Promise<number>;\nasync function f() {\n  const «1:ac = new AbortController()»;\n  «setTimeout(() => ac.abort(), 5000)»;\n  «2:await load(ac.signal)»;\n}",
    "The controller that it aborts", "This work is bounded",
  ),
  {
    ...claim(
      "no-unsupported-disposal", "what Node refuses",
      "class A {\n  close() {}\n  [«Symbol.dispose»] = «1:this.close.bind(this)»;\n}",
      "This is a bound function",
    ),
    options: [{ node: "24" }],
  },
  untyped(
    "no-uncleared-timeout", "the race",
    "async function f() {\n  const late = new Promise((_, reject) => { «setTimeout(reject, 5000)»; });\n  return await «1:Promise.race([work(), late])»;\n}",
    "It takes part in this race",
  ),
  claim(
    "no-leaky-construction", "the acquisition, and what may throw",
    "class P {\n  constructor(readonly a: Conn) {}\n  static async of() {\n    const «a» = await «1:open()»;\n    await «2:a.ping()»;\n    return new P(a);\n  }\n}",
    "`a` is acquired here", "This may throw",
  ),
  claim(
    "no-leaky-construction", "a constructor",
    "class P {\n  #a: Lock;\n  constructor(ok: boolean) {\n    «this.#a» = «1:lock()»;\n    if (!ok) «2:throw new Error();»\n  }\n}",
    "`this.#a` is acquired here", "This throws",
  ),
  claim(
    "no-leaky-construction", "an argument",
    "class P {\n  constructor(readonly a: Conn, readonly b: Conn) {}\n  static async of() {\n    return new P(await «open('a')», «1:await open('b')»);\n  }\n}",
    "This may throw",
  ),
  claim(
    "no-leaky-construction", "a collection",
    "class P {\n  constructor(readonly all: Conn[]) {}\n  static async of(urls: string[]) {\n    const «all: Conn[]» = [];\n    for (const url of urls) all.push(await «1:open(url)»);\n    return new P(all);\n  }\n}",
    "This may throw",
  ),
  claim(
    "require-using", "a disposer that nobody can call",
    "function f() {\n  const «l» = { [«1:Symbol.dispose»]() { step(); } };\n}",
    "This disposer is never called",
  ),
  claim(
    "prefer-disposable-class", "the class",
    "declare function pooled(): { end(): Promise<void> };\nclass «1:Store» {\n  #pool = pooled();\n  async «close»() { await this.#pool.end(); }\n}",
    "This class has no disposer",
  ),
  claim(
    "require-disposable-owner", "the fields, what they get, and what disposes only to replace",
    "class «Store» {\n  «1:#lock» = «2:lock()»;\n  «3:#conn»?: Conn;\n  async start() {\n    await «4:this.#conn?.close()»;\n    this.#conn = await «5:open()»;\n  }\n}",
    "This field keeps it", "`#lock` is acquired here", "This field keeps it", "This disposes only what is replaced", "`#conn` is acquired here",
  ),
  claim(
    "require-field-disposal", "the acquisition, and the disposer that misses it",
    "class Store {\n  «#lock» = «1:lock()»;\n  [«2:Symbol.dispose»]() { step(); }\n}",
    "`#lock` is acquired here", "This does not dispose it",
  ),
  claim(
    "require-super-dispose", "the base",
    "class Sub extends «1:Conn» {\n  override async [«Symbol.asyncDispose»]() { await work(); }\n}",
    "Its disposer is replaced",
  ),
  claim(
    "require-super-dispose", "the return, and the call that it skips",
    "class Sub extends Conn {\n  override async [«Symbol.asyncDispose»]() {\n    await work();\n    if (flag()) «1:return;»\n    await «2:super[Symbol.asyncDispose]()»;\n  }\n}",
    "This `return` skips the base class", "This disposes the base class",
  ),
];

interface Unmarked {
  readonly text: string;
  readonly own: Range;
  /** In the order of their ends, as marks are nested. */
  readonly sites: readonly Range[];
}

function unmark(marked: string): Unmarked {
  let text = "";
  let own: Range | null = null;
  const open: { readonly isSite: boolean; readonly start: number }[] = [];
  const sites: Range[] = [];
  for (const piece of marked.split(/(?<mark>«(?:\d:)?|»)/u)) {
    if (piece.startsWith("«")) open.push({ isSite: piece.length > 1, start: text.length });
    else if (piece === "»") {
      const closed = open.pop();
      if (closed === undefined) throw new Error(`» without « in: ${marked}`);
      const range: Range = [closed.start, text.length];
      if (closed.isSite) sites.push(range);
      else own = range;
    } else text += piece;
  }
  if (own === null || open.length > 0) throw new Error(`no finding is marked in: ${marked}`);
  return { text, own, sites: sites.sort((one, other) => one[0] - other[0]) };
}

function rangeOf(text: string, { column, endColumn = column, endLine, line }: Linter.LintMessage): Range {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const offset = (ofLine: number, ofColumn: number): number => (starts[ofLine - 1] ?? Number.NaN) + ofColumn - 1;
  return [offset(line, column), offset(endLine ?? line, endColumn)];
}

const vocabulary = new Workspace(projectAt(path.join(fixtures, "tsconfig.json")).options);
const cases = claims.map((each, index) => ({ ...each, ...unmark(each.marked), fileName: path.join(fixtures, `evidence-${String(index)}.${each.isTyped ? "ts" : "js"}`) }));
const program = vocabulary.program([path.join(fixtures, "resources.d.ts"), ...cases.filter(({ isTyped }) => isTyped)]);

describe("the sites of a finding", () => {
  it.each(cases)("$rule: $title", ({ fileName, isTyped, options, own, rule, says, sites, text }) => {
    const id = `await-using/${rule}`;
    const findings = lint({ fileName, text }, { [id]: options === undefined ? (strict[id] ?? "error") : ["error", ...options] }, isTyped ? program : null);
    expect(findings.map((finding) => rangeOf(text, finding))).toEqual([own]);
    expect(findings.flatMap(sitesOf)).toEqual(sites.map((range, index) => ({ range, says: says[index] })));
    expect(says).toHaveLength(sites.length);
  });

  it("are claimed of every rule", () => {
    expect([...new Set(claims.map(({ rule }) => rule))].sort()).toEqual(Object.keys(plugin.rules).sort());
  });

  it("are none for another finding, and for another run", () => {
    const [first] = cases;
    if (first === undefined) throw new Error("no claims");
    const id = `await-using/${first.rule}`;
    const [finding] = lint(first, { [id]: "error" }, program);
    if (finding === undefined) throw new Error("no finding");
    expect(sitesOf(finding)).not.toEqual([]);
    expect(sitesOf({ ...finding, line: finding.line + 1 })).toEqual([]);
    expect(sitesOf({ ...finding, ruleId: "other/rule" })).toEqual([]);
    expect(sitesIn({}, finding)).toEqual([]);
    lint(first, {}, program);
    expect(sitesOf(finding)).toEqual([]);
  });
});

/** What is wrong with the sites of the findings of the last run, one text each. */
function problemsIn(text: string, findings: readonly Linter.LintMessage[]): readonly string[] {
  const keys = findings.map(({ column, line, messageId, ruleId }) => [ruleId, messageId, line, column].join(" "));
  const mixedUp = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `two findings are one to the editor: ${key}`);
  return [...mixedUp, ...findings.flatMap((finding) => problemsOf(text, rangeOf(text, finding), sitesOf(finding)).map((problem) => `${finding.message} ${problem}`))];
}

function problemsOf(text: string, own: Range, sites: readonly Site[]): readonly string[] {
  const ranges = sites.map(({ range }) => range);
  return [
    ...ranges.flatMap(([start, end]) => [
      ...(start >= 0 && start < end && end <= text.length ? [] : [`not in the text: ${start}-${end}`]),
      ...(start === own[0] && end === own[1] ? ["a site is the finding's own place"] : []),
      ...(/^\s|\s$|\n/u.test(text.slice(start, end)) ? [`white space around, or several lines: ${text.slice(start, end)}`] : []),
    ]),
    ...sites.filter(({ says }) => !/^[\p{Lu}`].*[^.\s]$/u.test(says)).map(({ says }) => `no sentence: ${says}`),
    ...(ranges.every((range, index) => index === 0 || (ranges[index - 1]?.[0] ?? 0) <= range[0]) ? [] : ["not in source order"]),
    ...(new Set(ranges.map(String)).size === ranges.length ? [] : ["a place occurs twice"]),
  ];
}

describe("what holds of every site, in leaks", () => {
  const folder = path.join(import.meta.dirname, "leaks");
  const files = readdirSync(folder)
    .filter((name) => /\.bad\.tsx?$/u.test(name))
    .map((name): SourceText & { readonly name: string } => ({ name, fileName: path.join(folder, name), text: readFileSync(path.join(folder, name), "utf8") }));
  const corpus = new Workspace(projectAt(path.join(import.meta.dirname, "corpus.tsconfig.json")).options).program(files.map(({ fileName }) => fileName));

  it.each(files)("$name", (file) => {
    const findings = lint(file, strict, corpus);
    expect(problemsIn(file.text, findings)).toEqual([]);
    // A resource that nobody holds has no other place.
    const bare = findings.filter((finding) => finding.ruleId !== "await-using/no-floating-disposable" && sitesOf(finding).length === 0);
    expect(bare.map(({ message }) => message)).toEqual([]);
    expect(findings).not.toEqual([]);
  });
});

describe("what holds of every site, in the invalid cases of the rules' tests", async () => {
  const invalid = (await ruleTestCases()).filter(({ isValid, languageOptions }) => !isValid && languageOptions === undefined);
  const subjects = invalid.map((each, index) => ({ ...each, text: each.code, fileName: path.join(fixtures, `case-${String(index)}${path.extname(each.filename ?? "file.ts")}`) }));
  const all = vocabulary.program([path.join(fixtures, "resources.d.ts"), ...subjects.filter(({ isTyped }) => isTyped)]);

  it.each(Object.keys(plugin.rules))("%s", (rule) => {
    const own = subjects.filter((each) => each.rule === rule);
    const problems = own.flatMap(({ fileName, isTyped, options = [], settings, text }) => {
      const findings = lint({ fileName, text }, { [`await-using/${rule}`]: ["error", ...options] }, isTyped ? all : null, settings);
      return findings.length === 0 ? [`nothing is found in: ${text}`] : problemsIn(text, findings);
    });
    expect(problems).toEqual([]);
    expect(own).not.toEqual([]);
  });
});
