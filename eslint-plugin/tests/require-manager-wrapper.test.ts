import rule from "../src/rules/require-manager-wrapper.js";
import { js, ts, typed, untyped } from "./support/rule-tester.js";

const helper = "declare function asyncContextManager<A extends unknown[], T>(make: (...args: A) => AsyncGenerator<T, void, void>): (...args: A) => Promise<Managed<T>>; ";
const body = "{ await using c = await open(); yield c; }";
const errors = (...ids: readonly string[]): { errors: { messageId: string }[] } => ({ errors: ids.map((messageId) => ({ messageId })) });

typed.run("require-manager-wrapper", rule, {
  valid: [
    { name: "given to the helper", ...ts(`export const conn = asyncContextManager(async function* () ${body});`) },
    { name: "given to the helper by its name", ...ts(`export async function* connecting() ${body} export const conn = asyncContextManager(connecting);`) },
    { name: "given to something else", ...ts(`declare function provide(make: unknown): void; export async function* conn() ${body} provide(conn);`) },
    { name: "not exported", ...ts(`async function* conn() ${body} export const other = 1;`) },
    { name: "iterated in the same file", ...ts(`export async function* conn() ${body} export async function f() { for await (const c of conn()) await c.ping(); }`) },
    { name: "a producer of data", ...ts("export async function* rows() { await using c = await open(); for (const row of await c.query('')) yield row; }") },
    { name: "a producer of one datum", ...ts("export async function* first() { await using c = await open(); const rows = await c.query(''); yield rows; }") },
    { name: "a producer of a part", ...ts("export async function* id() { await using c = await open(); yield c.id; }") },
    { name: "several yields", ...ts("export async function* both() { await using c = await open(); yield c; yield c; }") },
    { name: "a yield in a loop: one resource after another", ...ts("export async function* each(urls: string[]) { for (const url of urls) { await using c = await open(url); yield c; } }") },
    { name: "a delegation", ...ts("async function* one() { await using c = await open(); yield c; } export async function* two() { yield* one(); }") },
    { name: "nothing released", ...ts("export async function* conn() { const c = await open(); yield c; }") },
    { name: "a release after the yield, which is no cleanup", ...ts("export async function* conn() { const c = await open(); yield c; await c.close(); }") },
    { name: "something else released", ...ts("export async function* conn(other: Conn) { const c = await open(); try { yield c; } finally { await other.close(); } }") },
    { name: "a parameter, which belongs to the caller", ...ts("export async function* lend(c: Conn) { try { yield c; } finally { await c.close(); } }") },
    { name: "declared as an iterable", ...ts(`export async function* conn(): AsyncIterableIterator<Conn> ${body}`) },
    { name: "a synchronous generator, which may be a saga", ...ts("export function* held() { using l = lock(); yield l; }") },
    { name: "a method", ...ts(`export class A { async *conn() ${body} }`) },
    { name: "a plain async function", ...ts("export async function conn() { return await open(); }") },
    { name: "re-exported from elsewhere", ...ts("export { conn } from './other.js';") },
    { name: "a variable that changes", ...ts(`export let conn = async function* () ${body};`) },
    { name: "JavaScript, given to the helper", ...js(`import { asyncContextManager as manage } from './managed.js'; export const conn = manage(async function* () ${body});`) },
  ],
  invalid: [
    {
      name: "an exported function, with the helper at hand",
      ...ts(`${helper}export async function* conn(url: string) { await using c = await open(url); yield c; }`, {
        errors: [
          {
            message: "`conn` acquires, yields once and releases, but is exported as a bare generator: who forgets its `next()` gets nothing, and who forgets its `return()` leaves it open. Give it to `asyncContextManager`, so that callers bind it by `await using`.",
            suggestions: [{ messageId: "wrap", data: { helper: "asyncContextManager", name: "conn" }, output: `${helper}export const conn = asyncContextManager(async function* conn(url: string) { await using c = await open(url); yield c; });` }],
          },
        ],
      }),
    },
    {
      name: "an exported constant, released in finally",
      ...ts(`${helper}export const conn = async function* () { const c = await open(); try { yield { c, now: 1 }; } finally { await c.close(); } };`, {
        errors: [{ messageId: "bare", suggestions: [{ messageId: "wrap", output: `${helper}export const conn = asyncContextManager(async function* () { const c = await open(); try { yield { c, now: 1 }; } finally { await c.close(); } });` }] }],
      }),
    },
    { name: "without the helper at hand", ...ts(`export async function* conn(): AsyncGenerator<Conn, void, void> ${body}`, errors("bare")) },
    { name: "exported by a list", ...ts(`${helper}async function* conn() ${body} export { conn as connection };`, errors("bare")) },
    { name: "exported as the default", ...ts(`${helper}export default async function* conn() ${body}`, errors("bare")) },
    { name: "exported twice, reported once", ...ts(`${helper}async function* conn() ${body} export { conn }; export default conn;`, errors("bare")) },
    { name: "an optional release in finally", ...ts("export async function* conn() { let c: Conn | undefined; try { c = await open(); yield c; } finally { await c?.close(); } }", errors("bare")) },
    { name: "one of several that are yielded", ...ts("export async function* all() { await using a = await open(); await using b = await open(); yield [a, b] as const; }", errors("bare")) },
    { name: "a parameter whose type only its default tells: no suggestion", ...ts(`${helper}export async function* conn(url = 'x') { await using c = await open(url); yield c; }`, errors("bare")) },
    { name: "a release that the manager would leave out: no suggestion", ...ts(`${helper}export async function* conn() { await using c = await open(); yield c; await work(); }`, errors("bare")) },
    { name: "a path without a yield: no suggestion", ...ts(`${helper}export async function* conn() { if (flag()) return; await using c = await open(); yield c; }`, errors("bare")) },
  ],
});

untyped.run("require-manager-wrapper without types", rule, {
  valid: [{ name: "a producer of data", filename: "file.js", code: "export async function* rows() { await using c = await open(); for (const row of await c.query('')) yield row; }" }],
  invalid: [
    {
      name: "the helper by the settings",
      filename: "file.js",
      settings: { "await-using": { managerHelpers: ["manage"] } },
      code: `import { manage } from './managed.js'; export async function* conn(url = 'x') ${body}`,
      errors: [{ messageId: "bare", data: { name: "conn", helper: "manage" }, suggestions: [{ messageId: "wrap", output: `import { manage } from './managed.js'; export const conn = manage(async function* conn(url = 'x') ${body});` }] }],
    },
  ],
});
