import { releaseMethods } from "./lexicon/releasing.js";
import { presets } from "./libraries/libraries.js";
import type { ResourceType } from "./resource.js";

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
  /** Types that have no disposer and are resources all the same: the user's own and those of the presets. */
  readonly resourceTypes: readonly ResourceType[];
}

const listSettings = {
  releaseMethods,
  inertTypes: [],
  ownedCalls: [],
  borrowedCalls: [],
  takesOwnership: [],
  managerHelpers: ["asyncContextManager"],
} as const satisfies Record<Exclude<keyof Settings, "key" | "resourceTypes">, readonly string[]>;

type ListName = keyof typeof listSettings;

const listNames = Object.keys(listSettings) as readonly ListName[];
const presetNames: readonly string[] = Object.keys(presets);
const names: readonly string[] = [...listNames, "presets", "resourceTypes"];

/** The JSON schema of `settings["await-using"]`, for editors and for whoever writes a configuration by program. */
export const settingsSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(listNames.map((name) => [name, { type: "array", items: { type: "string" } }])),
    presets: { type: "array", items: { enum: presetNames } },
    resourceTypes: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["type", "release"],
        properties: { type: { type: "string" }, module: { type: "string" }, release: { type: "string" } },
      },
    },
  },
} as const;

interface Given extends Partial<Record<ListName | "presets", readonly string[]>> {
  readonly resourceTypes?: readonly (Omit<ResourceType, "module"> & { readonly module?: string })[];
}

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
  if (!isObject(given)) {
    throw new Error(`settings["await-using"] must be an object with any of the keys ${names.join(", ")}; it is ${shown(given)}.`);
  }
  const known = parsed.get(given);
  if (known !== undefined) return known;
  for (const [key, value] of Object.entries(given)) {
    if (!names.includes(key)) {
      throw new Error(`Unknown key "${key}" in settings["await-using"]. Allowed keys: ${names.join(", ")}.`);
    }
    if (key === "resourceTypes") {
      checkResourceTypes(value);
    } else if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
      throw new Error(`settings["await-using"].${key} must be an array of strings, for example ["${key === "presets" ? "pg" : "name"}"]; it is ${shown(value)}.`);
    } else if (key === "presets") {
      const unknown = value.find((name: string) => !presetNames.includes(name)) as string | undefined;
      if (unknown !== undefined) throw new Error(`Unknown preset "${unknown}" in settings["await-using"].presets. Presets: ${presetNames.join(", ")}.`);
    }
  }
  const settings = combine(given);
  parsed.set(given, settings);
  return settings;
}

function checkResourceTypes(value: unknown): void {
  const wanted = 'an array of objects such as { type: "PoolClient", module: "pg", release: "release" }';
  if (!Array.isArray(value)) throw new Error(`settings["await-using"].resourceTypes must be ${wanted}; it is ${shown(value)}.`);
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const place = `settings["await-using"].resourceTypes[${String(index)}]`;
    if (!isObject(item)) throw new Error(`settings["await-using"].resourceTypes must be ${wanted}; item ${String(index)} is ${shown(item)}.`);
    for (const [key, part] of Object.entries(item)) {
      if (key !== "type" && key !== "module" && key !== "release") throw new Error(`Unknown key "${key}" in ${place}. Allowed keys: type, module, release.`);
      if (typeof part !== "string") throw new Error(`${place}.${key} must be a string; it is ${shown(part)}.`);
    }
    for (const key of ["type", "release"]) {
      if (!(key in item)) throw new Error(`${place} has no "${key}". It needs the name of a type and of the method that releases it, for example { type: "PoolClient", module: "pg", release: "release" }.`);
    }
  }
}

function combine(given: Given): Settings {
  const list = (name: ListName): readonly string[] => [...listSettings[name], ...(given[name] ?? [])];
  const own = (given.resourceTypes ?? []).map(({ type, module = null, release }) => ({ type, module, release }));
  const resourceTypes = [...own, ...new Set(given.presets)].flatMap((item) => (typeof item === "string" ? (presets[item] ?? []) : [item]));
  return {
    key: JSON.stringify([listNames.map((name) => [...new Set(list(name))].sort()), resourceTypes]),
    releaseMethods: new Set([...list("releaseMethods"), ...resourceTypes.map(({ release }) => release)]),
    inertTypes: list("inertTypes"),
    ownedCalls: new Set(list("ownedCalls")),
    borrowedCalls: new Set(list("borrowedCalls")),
    takesOwnership: new Set(list("takesOwnership")),
    managerHelpers: new Set(list("managerHelpers")),
    resourceTypes,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return typeof value === "function" ? "a function" : JSON.stringify(value);
}
