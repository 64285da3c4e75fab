/** The manager helper in both languages, which the bundle brings: `snippets/src/helper/managed.ts`. */
declare const managerHelper: { readonly javascript: string; readonly typescript: string };

export const helperText = managerHelper;

/** What the helper exports for a program to call. */
export const helperNames: ReadonlySet<string> = new Set([...managerHelper.typescript.matchAll(/^export (?:async )?function (?<name>\w+)/gmu)].map(({ groups }) => groups?.["name"] ?? ""));
