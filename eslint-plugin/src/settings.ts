/**
 * What a user's configuration adds to the defaults, under
 * `settings["await-using"]` (RULES.md, "Settings"). Every list adds; none replaces.
 */
export interface Settings {
  /** Equal settings have equal keys: answers that depend on them are remembered by it. */
  readonly key: string;
  /** Names of methods that release: `close`, `dispose`, … */
  readonly releaseMethods: ReadonlySet<string>;
  /** Names of types that need no disposal by their holder. */
  readonly inertTypes: readonly string[];
  /** Names of functions whose result the caller owns. */
  readonly ownedCalls: ReadonlySet<string>;
  /** Names of functions whose result somebody else owns. */
  readonly borrowedCalls: ReadonlySet<string>;
  /** Names of functions that take over the resources they are given. */
  readonly takesOwnership: ReadonlySet<string>;
  /** Names of helpers that turn an async generator into a factory of resources. */
  readonly managerHelpers: ReadonlySet<string>;
}

const listSettings = {
  releaseMethods: ["abort", "cancel", "close", "closeAsync", "closeSync", "destroy", "detach", "disconnect", "dispose", "disposeAsync", "down", "drain", "end", "endSession", "finalize", "free", "kill", "quit", "release", "remove", "return", "shutdown", "stop", "terminate", "unsubscribe"],
  inertTypes: [],
  ownedCalls: [],
  borrowedCalls: [],
  takesOwnership: [],
  managerHelpers: ["asyncContextManager"],
} as const satisfies Record<Exclude<keyof Settings, "key">, readonly string[]>;

type Name = keyof typeof listSettings;

const names = Object.keys(listSettings) as readonly Name[];

/** The JSON schema of `settings["await-using"]`, for editors and for the documentation. */
export const settingsSchema = {
  type: "object",
  additionalProperties: false,
  properties: Object.fromEntries(names.map((name) => [name, { type: "array", items: { type: "string" }, uniqueItems: true }])),
} as const;

const parsed = new WeakMap<object, Settings>();
const defaults = combine({});

/**
 * Reads `settings["await-using"]`.
 *
 * @param shared ESLint's shared settings of the file
 * @returns the defaults with the user's additions
 * @throws Error on an unknown key or a wrong type, naming the key and what is allowed
 */
export function settingsOf(shared: Readonly<Record<string, unknown>>): Settings {
  const given = shared["await-using"];
  if (given === undefined) return defaults;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Error(`settings["await-using"] must be an object with any of the keys ${names.join(", ")}; it is ${shown(given)}.`);
  }
  const known = parsed.get(given);
  if (known !== undefined) return known;
  for (const [key, value] of Object.entries(given)) {
    if (!(names as readonly string[]).includes(key)) {
      throw new Error(`Unknown key "${key}" in settings["await-using"]. Allowed keys: ${names.join(", ")}.`);
    }
    if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
      throw new Error(`settings["await-using"].${key} must be an array of strings, for example ["name"]; it is ${shown(value)}.`);
    }
  }
  const settings = combine(given);
  parsed.set(given, settings);
  return settings;
}

function combine(given: Partial<Record<Name, readonly string[]>>): Settings {
  const list = (name: Name): Set<string> => new Set([...listSettings[name], ...(given[name] ?? [])]);
  return {
    key: JSON.stringify(names.map((name) => [...list(name)].sort())),
    releaseMethods: list("releaseMethods"),
    inertTypes: [...list("inertTypes")],
    ownedCalls: list("ownedCalls"),
    borrowedCalls: list("borrowedCalls"),
    takesOwnership: list("takesOwnership"),
    managerHelpers: list("managerHelpers"),
  };
}

function shown(value: unknown): string {
  return typeof value === "function" ? "a function" : JSON.stringify(value);
}
