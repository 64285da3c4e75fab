import path from "node:path";

import { isManifest } from "../manifests.js";
import type { Buffers } from "./buffers.js";
import type { FileEvent } from "./messages.js";
import { keyOf, type Names } from "./names.js";
import { packageAbove } from "./package.js";
import { openProject, type Project } from "./project.js";
import { looseOptions, readTsconfig, sourcesBelow, tsconfigFor, tsconfigsNear, type Tsconfig } from "./tsconfig.js";

/** The projects that are open, each made when one of its files is first asked for. */
export interface Projects {
  /** The project that names a file; one without a configuration where none does. */
  of(fileName: string): Project;
  /** Nobody looks at a file any more: where no configuration names it, nobody else keeps it. */
  leave(fileName: string): void;
  /** Takes in what has changed on disk. */
  take(events: readonly FileEvent[]): void;
  /** Takes in that a file has come or gone that only a buffer holds. */
  takeUnsaved(event: FileEvent): void;
  /**
   * The source files in some folders: what the configurations there name, and, where there is no configuration at
   * all, what looks like sources. Each is told once, by whatever names it may be reached.
   */
  filesBelow(folders: readonly string[]): readonly string[];
  /** Lets the least recently used project go, unless only one is left. */
  dropOne(): void;
  /** Lets the projects go in which nothing is open and that nobody has asked about since a time (`Date.now()`). */
  dropUnusedSince(time: number): void;
  all(): readonly Project[];
}

const inPackage = /[\\/]node_modules[\\/]/u;
const source = /\.(?:[cm]?[jt]s|[jt]sx|json)$/u;

export function openProjects(buffers: Buffers, names: Names): Projects {
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

  /** Texts that no project needs any more go with the projects. */
  const sweep = (): void => {
    buffers.retain((fileName) => [...projects.values()].some((project) => project.holds(fileName)));
  };

  const used = (key: string, make: () => Project): Project => {
    const project = projects.get(key) ?? make();
    projects.delete(key);
    projects.set(key, project);
    lastUsed.set(project, Date.now());
    return project;
  };

  const configured = (tsconfig: Tsconfig & { readonly file: string }): Project => used(tsconfig.file, () => openProject(tsconfig, path.dirname(tsconfig.file), { buffers, names }, new Set()));

  /** Tells of a configuration whether it may name other files since something has come or gone. */
  const mayName = (events: readonly FileEvent[]): ((config: Tsconfig) => boolean) => {
    const isInside = (name: string, folder: string): boolean => name.startsWith(folder + path.sep);
    const come = events.filter(({ is }) => is === "created").map((event) => ({ at: names.identityOf(event.fileName), isFolder: isFolder(event) }));
    const gone = new Set(events.filter(({ is }) => is === "deleted").map(({ fileName }) => names.identityOf(fileName)));
    const goneFolders = events.filter((event) => event.is === "deleted" && isFolder(event)).map(({ fileName }) => names.identityOf(fileName));
    return ({ fileNames, wildcards }) => {
      const within = wildcards.map(({ deep, folder }) => ({ deep, folder: names.folderOf(folder) }));
      return (
        come.some((file) => within.some(({ deep, folder }) => path.dirname(file.at) === folder || (deep && isInside(file.at, folder)) || (file.isFolder && (folder === file.at || isInside(folder, file.at))))) ||
        (gone.size > 0 && fileNames.map((name) => names.identityOf(name)).some((name) => gone.has(name) || goneFolders.some((folder) => isInside(name, folder))))
      );
    };
  };

  /** Reads again what may have changed. A project keeps what it has parsed where it only names other files now. */
  const reread = (concerned: (config: Tsconfig) => boolean): void => {
    for (const [file, config] of [...configs]) if (concerned(config)) configs.delete(file);
    for (const [key, project] of [...projects]) {
      const { tsconfig } = project;
      if (tsconfig.file === null || configs.has(tsconfig.file)) continue;
      const now = read(tsconfig.file);
      if (JSON.stringify([now.options, now.errors]) !== JSON.stringify([tsconfig.options, tsconfig.errors])) close(key);
      else if (!sameFiles(now.fileNames, tsconfig.fileNames)) project.takeFileNames(now);
    }
  };

  /** Puts a file that no configuration names to the others of its package. */
  const hold = (fileName: string): { readonly folder: string; readonly files: ReadonlySet<string> } => {
    const folder = packageAbove(path.dirname(fileName)) ?? path.dirname(fileName);
    const files = loose.get(folder) ?? new Set();
    loose.set(folder, files.add(fileName));
    return { folder, files };
  };

  /** What is imported may be found elsewhere now, in those projects whose programs have looked there. */
  const resolveAnew = (concerned: (project: Project) => boolean): void => {
    for (const project of projects.values()) if (concerned(project)) project.resolveAnew();
  };

  return {
    takeUnsaved(event) {
      resolveAnew((project) => project.minds(event, false));
    },
    of(fileName) {
      const tsconfig = tsconfigFor(fileName, read);
      if (tsconfig !== null) return configured(tsconfig);
      // `"files": ["src/index.ts"]`: the others belong to the project because it imports them.
      for (const near of tsconfigsNear(fileName, read)) {
        const project = configured(near);
        if (project.program().getSourceFile(fileName) !== undefined) return project;
      }
      const { files, folder } = hold(fileName);
      return used(folder, () => openProject({ file: null, fileNames: [], options: looseOptions, references: [], sources: [], errors: [], wildcards: [] }, folder, { buffers, names }, files));
    },
    leave(fileName) {
      for (const files of loose.values()) if (files.delete(fileName)) buffers.touch(fileName);
    },
    take(events) {
      const changed = events.map(({ fileName, is }) => ({ fileName: path.normalize(fileName), is }));
      for (const { fileName } of changed) if (buffers.get(fileName) === undefined) buffers.touch(fileName);
      const shaping = changed.filter(({ is }) => is !== "changed");
      const isConfig = changed.some(({ fileName }) => /^[jt]sconfig.*\.json$/u.test(path.basename(fileName)) || [...configs.values()].some(({ sources }) => sources.some((name) => keyOf(name) === keyOf(fileName))));
      if (isConfig) reread(() => true);
      else if (shaping.length > 0) reread(mayName(shaping));
      // Editors do not watch the folders of packages; their lockfile tells. Nor do they tell all files of a folder that comes or goes.
      const isPackage = changed.some(({ fileName }) => isManifest(fileName)) || shaping.some(({ fileName }) => inPackage.test(fileName));
      resolveAnew((project) => isPackage || shaping.some((event) => project.minds(event, isFolder(event))));
      if (isPackage || shaping.some(isFolder)) {
        buffers.relinked();
        buffers.touchChanged();
      }
    },
    filesBelow(folders) {
      const once = new Map<string, string>();
      for (const folder of folders) {
        const { loose: unnamed, named } = sourcesBelow(folder, read);
        for (const name of [...named, ...unnamed]) if (!once.has(names.identityOf(name))) once.set(names.identityOf(name), name);
        // All at once: otherwise each of them would make another program.
        for (const name of unnamed) hold(name);
      }
      return [...once.values()];
    },
    dropOne() {
      const [oldest] = projects.keys();
      if (oldest === undefined || projects.size === 1) return;
      close(oldest);
      sweep();
    },
    dropUnusedSince(time) {
      for (const [key, project] of [...projects]) {
        if ((lastUsed.get(project) ?? 0) < time && !buffers.names().some((name) => project.holds(name))) close(key);
      }
      sweep();
    },
    all: () => [...projects.values()],
  };
}

/** What is neither a source nor a manifest, and of which we are told that it has come or gone, may be a folder. */
function isFolder({ fileName }: FileEvent): boolean {
  return !source.test(fileName) && !isManifest(fileName);
}

function sameFiles(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(b);
  return a.length === b.length && a.every((name) => set.has(name));
}
