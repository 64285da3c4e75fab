import { claim, untyped, type Claim } from "./claim.js";

/** What leaks: acquisitions that nobody disposes, or not on every way. */
export const leaks: readonly Claim[] = [
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
    "require-using", "what a suite makes for its tests",
    "declare function describe(name: string, suite: () => void): void;\ndeclare function it(name: string, test: () => unknown): void;\ndescribe('a', () => {\n  const «c» = «1:openSync()»;\n  const ping = () => c.ping();\n  it('b', async () => { await ping(); });\n«2:}»);",
    "`c` is acquired here", "It is still open at the end of the function",
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
    "no-leak-on-throw", "what may throw, and the hand-over",
    "async function f() {\n  const «c» = await «1:open()»;\n  await «2:c.ping()»;\n  return «3:c»;\n}",
    "`c` is acquired here", "This may throw", "This is then never reached",
  ),
  claim(
    "no-leak-on-path", "what throws outright",
    "function f(isBad: boolean) {\n  const «l» = «1:lock()»;\n  if (isBad) «2:throw new Error();»\n  «3:l.release()»;\n}",
    "`l` is acquired here", "This `throw` leaves it open", "It is disposed here, but not on every path",
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
    "no-uncleared-timeout", "the controller and the work",
    "declare function load(signal: AbortSignal): Promise<number>;\nasync function f() {\n  const «1:ac = new AbortController()»;\n  «setTimeout(() => ac.abort(), 5000)»;\n  «2:await load(ac.signal)»;\n}",
    "The controller that it aborts", "This work is bounded",
  ),
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
];
