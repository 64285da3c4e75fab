import { statSync } from "node:fs";

import ts from "typescript";

import { changeBetween } from "../text.js";
import type { Buffer } from "./messages.js";
import { keyOf, type Names } from "./names.js";

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
  /** Links may lead elsewhere now. */
  relinked(): void;
  get(fileName: string): Buffer | undefined;
  names(): readonly string[];
  version(fileName: string): string;
  snapshot(fileName: string): ts.IScriptSnapshot | undefined;
  /** Lets go of the texts that no program holds any more. */
  retain(isHeld: (fileName: string) => boolean): void;
  /** How many texts are kept. */
  texts(): number;
}

/** @param known tells which names mean one file: a buffer covers it under all of them */
export function openBuffers(known: Names): Buffers {
  const buffers = new Map<string, Buffer>();
  /** By the file's identity: the buffer that covers it where none has the very name. */
  const covering = new Map<string, Buffer>();
  const snapshots = new Map<string, { readonly fileName: string; readonly version: string; readonly snapshot: ts.IScriptSnapshot; readonly stamp: string | null }>();
  const changes = new Map<string, number>();
  let counter = 0;

  const version = (fileName: string): string => {
    return String(changes.get(known.identityOf(fileName)) ?? 0);
  };
  const touch = (fileName: string): void => {
    counter += 1;
    changes.set(known.identityOf(fileName), counter);
  };
  const get = (fileName: string): Buffer | undefined => buffers.get(keyOf(fileName)) ?? covering.get(known.identityOf(fileName));
  const cover = (): void => {
    covering.clear();
    for (const buffer of buffers.values()) covering.set(known.identityOf(buffer.fileName), buffer);
  };

  return {
    version,
    touch,
    touchChanged() {
      for (const { fileName, stamp } of snapshots.values()) if (stamp !== null && stamp !== stampOf(fileName)) touch(fileName);
    },
    changes: () => counter,
    open(buffer) {
      buffers.set(keyOf(buffer.fileName), buffer);
      covering.set(known.identityOf(buffer.fileName), buffer);
      touch(buffer.fileName);
    },
    close(fileName) {
      buffers.delete(keyOf(fileName));
      cover();
      touch(fileName);
    },
    relinked() {
      known.forget();
      cover();
    },
    get,
    retain(isHeld) {
      for (const [key, { fileName }] of snapshots) if (!isHeld(fileName)) snapshots.delete(key);
      known.forget();
    },
    texts: () => snapshots.size,
    names: () => [...buffers.values()].map(({ fileName }) => fileName),
    snapshot(fileName) {
      const current = version(fileName);
      const before = snapshots.get(keyOf(fileName));
      if (before?.version === current) return before.snapshot;
      const buffer = get(fileName);
      const stamp = buffer === undefined ? stampOf(fileName) : null;
      const text = buffer?.text ?? ts.sys.readFile(fileName);
      if (text === undefined) {
        snapshots.delete(keyOf(fileName));
        return undefined;
      }
      const snapshot = snapshotOf(text);
      snapshots.set(keyOf(fileName), { fileName, version: current, snapshot, stamp });
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
