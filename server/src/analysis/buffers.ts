import { statSync } from "node:fs";

import ts from "typescript";

import type { Buffer } from "./messages.js";
import { changeBetween } from "./position.js";

/** The texts of open buffers, which cover the files on disk, and the versions of all files. */
export interface Buffers {
  open(buffer: Buffer): void;
  close(fileName: string): void;
  /** A file has changed on disk. */
  touch(fileName: string): void;
  /** Looks which files have changed on disk without anybody telling, as those of packages do. */
  touchChanged(): void;
  /** Counts every change of any file. */
  changes(): number;
  get(fileName: string): Buffer | undefined;
  names(): readonly string[];
  version(fileName: string): string;
  snapshot(fileName: string): ts.IScriptSnapshot | undefined;
}

/** What two names of one file have in common: on Windows and macOS they may differ in case. */
export const keyOf: (fileName: string) => string = ts.sys.useCaseSensitiveFileNames ? (fileName) => fileName : (fileName) => fileName.toLowerCase();

export function openBuffers(): Buffers {
  const buffers = new Map<string, Buffer>();
  const snapshots = new Map<string, { readonly version: string; readonly snapshot: ts.IScriptSnapshot; readonly stamp: string | null }>();
  const changes = new Map<string, number>();
  let counter = 0;

  const version = (fileName: string): string => {
    return String(changes.get(keyOf(fileName)) ?? 0);
  };
  const touch = (fileName: string): void => {
    counter += 1;
    changes.set(keyOf(fileName), counter);
  };

  return {
    version,
    touch,
    touchChanged() {
      for (const [fileName, { stamp }] of snapshots) if (stamp !== null && stamp !== stampOf(fileName)) touch(fileName);
    },
    changes: () => counter,
    open(buffer) {
      buffers.set(keyOf(buffer.fileName), buffer);
      touch(buffer.fileName);
    },
    close(fileName) {
      buffers.delete(keyOf(fileName));
      touch(fileName);
    },
    get: (fileName) => buffers.get(keyOf(fileName)),
    names: () => [...buffers.values()].map(({ fileName }) => fileName),
    snapshot(fileName) {
      const current = version(fileName);
      const known = snapshots.get(keyOf(fileName));
      if (known?.version === current) return known.snapshot;
      const buffer = buffers.get(keyOf(fileName));
      const stamp = buffer === undefined ? stampOf(fileName) : null;
      const text = buffer?.text ?? ts.sys.readFile(fileName);
      if (text === undefined) {
        snapshots.delete(keyOf(fileName));
        return undefined;
      }
      const snapshot = snapshotOf(text);
      snapshots.set(keyOf(fileName), { version: current, snapshot, stamp });
      return snapshot;
    },
  };
}

/** Tells a file on disk from what may take its place. */
function stampOf(fileName: string): string {
  const stats = statSync(fileName, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.mtimeMs)} ${String(stats.size)} ${String(stats.ino)}`;
}

/** A snapshot that tells TypeScript what part of the text has changed, so that it parses only that again. */
function snapshotOf(text: string): ts.IScriptSnapshot {
  return {
    getText: (start, end) => text.slice(start, end),
    getLength: () => text.length,
    // The older one is handed in: remembered here, each text would keep all texts before it.
    getChangeRange: (older) => changeBetween(older.getText(0, older.getLength()), text),
  };
}
