import { claim, untyped, type Claim } from "./claim.js";

/** Disposers, the classes that have them, and generators that are managers. */
export const disposers: readonly Claim[] = [
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
  {
    ...claim(
      "no-unsupported-disposal", "what Node refuses",
      "class A {\n  close() {}\n  [«Symbol.dispose»] = «1:this.close.bind(this)»;\n}",
      "This is a bound function",
    ),
    options: [{ node: "24" }],
  },
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
