// F18: `any` and `unknown` on purpose; what is not known to be a resource is left alone.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export interface Plugin {
  name: string;
  create(options: Record<string, any>): any;
}

const require = createRequire(import.meta.url);
const plugins = new Map<string, Plugin>();

export function register(plugin: Plugin): Plugin {
  plugins.set(plugin.name, plugin);
  return plugin;
}

export async function load(specifier: string): Promise<Plugin> {
  const known = plugins.get(specifier);
  if (known) return known;
  const module = specifier.startsWith(".") ? await import(pathToFileURL(specifier).href) : require(specifier);
  return register(module.default ?? module);
}

export async function createBackend(specifier: string, options: Record<string, any> = {}): Promise<any> {
  const plugin = await load(specifier);
  return plugin.create({ ...options, connect: options.connect ?? plugin.create });
}

export async function describe(specifier: string): Promise<string> {
  const backend = await createBackend(specifier, JSON.parse(process.env.BACKEND ?? "{}"));
  const model = backend.open?.("default") ?? backend.createModel();
  const { version, features = [] } = await backend.connectInfo();
  model.start();
  return `${specifier}@${version}: ${[...features, model.name].join(", ")}`;
}

export async function withBackend<R>(specifier: string, body: (backend: any) => R | Promise<R>): Promise<R> {
  const backend = await createBackend(specifier);
  try {
    return await body(backend);
  } finally {
    await backend?.close?.();
    plugins.delete(specifier);
  }
}

export async function scoped(specifier: string, key: string): Promise<unknown> {
  await using backend = await createBackend(specifier);
  using lock = backend.lock?.(key);
  const entry: unknown = await backend.read(key, lock);
  return structuredClone(entry);
}

export const lazy = new Proxy({} as Record<string, any>, {
  get: (target, name: string) => (target[name] ??= load(name).then((plugin) => plugin.create({}))),
});
