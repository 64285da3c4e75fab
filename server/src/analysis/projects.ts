import path from "node:path";

import ts from "typescript";

import { isManifest } from "../manifests.js";
import type { Buffers } from "./buffers.js";
import type { FileEvent } from "./messages.js";
import { openProject, type Project } from "./project.js";
import { looseOptions, readTsconfig, tsconfigFor, tsconfigsNear, type Tsconfig } from "./tsconfig.js";

/** The projects that are open, each made when one of its files is first asked for. */
export interface Projects {
  /** The project that names a file; one without a configuration where none does. */
  of(fileName: string): Project;
  /** A file is not open any more: where no configuration names it, nobody else keeps it. */
  leave(fileName: string): void;
  /** Takes in what has changed on disk. */
  take(events: readonly FileEvent[]): void;
  /** Forgets how imports were resolved: a file has come or gone that only a buffer holds. */
  resolveAnew(): void;
  /** The source files that the configurations below a folder name. */
  filesBelow(folder: string): readonly string[];
  /** Lets the least recently used project go, unless only one is left. */
  dropOne(): void;
  /** Lets the projects go in which nothing is open and that nobody has asked about since a time (`Date.now()`). */
  dropUnusedSince(time: number): void;
  all(): readonly Project[];
}

const source = /\.(?:[cm]?[jt]s|[jt]sx|json)$/u;

export function openProjects(buffers: Buffers): Projects {
  const configs = new Map<string, Tsconfig>();
  // Maps keep the order of insertion: the first is the one that was not used for longest.
  const projects = new Map<string, Project>();
  const loose = new Map<string, Set<string>>();
  const lastUsed = new WeakMap<Project, number>();

  const read = (file: string): Tsconfig => {
    const known = configs.get(file);
    if (known !== undefined) return known;
    const config = readTsconfig(file);
    configs.set(file, config);
    return config;
  };

  const close = (key: string): void => {
    projects.get(key)?.dispose();
    projects.delete(key);
  };

  const used = (key: string, make: () => Project): Project => {
    const project = projects.get(key) ?? make();
    projects.delete(key);
    projects.set(key, project);
    lastUsed.set(project, Date.now());
    return project;
  };

  const configured = (tsconfig: Tsconfig & { readonly file: string }): Project => used(tsconfig.file, () => openProject(tsconfig, path.dirname(tsconfig.file), buffers, new Set()));

  const rereadConfigs = (): void => {
    configs.clear();
    for (const [key, { tsconfig }] of [...projects]) {
      const now = tsconfig.file === null ? tsconfig : read(tsconfig.file);
      if (!sameFiles(now.fileNames, tsconfig.fileNames) || JSON.stringify([now.options, now.errors]) !== JSON.stringify([tsconfig.options, tsconfig.errors])) close(key);
    }
  };

  const resolveAnew = (): void => {
    for (const project of projects.values()) project.resolveAnew();
  };

  return {
    resolveAnew,
    of(fileName) {
      const tsconfig = tsconfigFor(fileName, read);
      if (tsconfig !== null) return configured(tsconfig);
      // `"files": ["src/index.ts"]`: the others belong to the project because it imports them.
      for (const near of tsconfigsNear(fileName, read)) {
        const project = configured(near);
        if (project.program().getSourceFile(fileName) !== undefined) return project;
      }
      const folder = path.dirname(fileName);
      const files = loose.get(folder) ?? new Set();
      loose.set(folder, files.add(fileName));
      return used(folder, () => openProject({ file: null, fileNames: [], options: looseOptions, references: [], sources: [], errors: [] }, folder, buffers, files));
    },
    leave(fileName) {
      loose.get(path.dirname(fileName))?.delete(fileName);
    },
    take(events) {
      const changed = events.map(({ fileName }) => path.normalize(fileName));
      for (const fileName of changed) if (buffers.get(fileName) === undefined) buffers.touch(fileName);
      const isFolder = events.some(({ fileName, is }) => is !== "changed" && !source.test(fileName) && !isManifest(fileName));
      const isShape = isFolder || events.some(({ fileName, is }) => is !== "changed" && source.test(fileName));
      const isConfig = [...configs.values()].some(({ sources }) => sources.some((name) => changed.includes(name)));
      if (isShape || isConfig || changed.some((name) => /^[jt]sconfig.*\.json$/u.test(path.basename(name)))) rereadConfigs();
      const isPackage = changed.some(isManifest);
      // Editors do not watch the folders of packages; their lockfile tells. Nor do they tell all files of a folder that comes or goes.
      if (isPackage || isFolder) buffers.touchChanged();
      if (isShape || isPackage) resolveAnew();
    },
    filesBelow(folder) {
      const found = ts.sys.readDirectory(folder, [".json"], ["**/node_modules", "**/.*"], ["**/tsconfig*.json", "**/jsconfig.json"]);
      const names = found.flatMap((file) => read(path.normalize(file)).fileNames).filter((name) => !/\.d\.[cm]?ts$|[\\/]node_modules[\\/]/u.test(name));
      return [...new Set(names)];
    },
    dropOne() {
      const [oldest] = projects.keys();
      if (oldest !== undefined && projects.size > 1) close(oldest);
    },
    dropUnusedSince(time) {
      for (const [key, project] of [...projects]) {
        if ((lastUsed.get(project) ?? 0) < time && !buffers.names().some((name) => project.holds(name))) close(key);
      }
    },
    all: () => [...projects.values()],
  };
}

function sameFiles(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(b);
  return a.length === b.length && a.every((name) => set.has(name));
}
