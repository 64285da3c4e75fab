// F09: what the effects of React and Vue acquire, and their cleanup disposes.
import { open, type FileHandle } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { onBeforeUnmount, onMounted, onScopeDispose, onWatcherCleanup, ref, shallowRef, watch, watchEffect, type Ref } from "@vue/runtime-dom";

export function useRows(path: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const db = new DatabaseSync(path);
    setCount(db.prepare("select * from rows").all().length);
    return () => db.close();
  }, [path]);
  return count;
}

export function useTail(path: string): string {
  const [line, setLine] = useState("");
  useEffect(() => {
    let file: FileHandle | undefined;
    let isOver = false;
    void open(path).then((opened) => {
      if (isOver) void opened.close();
      else file = opened;
    });
    const timer = setInterval(() => void file?.readFile("utf8").then(setLine), 1000);
    return () => {
      isOver = true;
      clearInterval(timer);
      void file?.close();
    };
  }, [path]);
  return line;
}

export function useDatabase(path: string): (sql: string) => void {
  const db = useMemo(() => new DatabaseSync(path), [path]);
  useEffect(() => () => db[Symbol.dispose](), [db]);
  return (sql) => db.exec(sql);
}

export function useCache(): { readonly current: DatabaseSync | null } {
  const cache = useRef<DatabaseSync | null>(null);
  useEffect(() => {
    cache.current = new DatabaseSync(":memory:");
    return () => {
      cache.current?.close();
      cache.current = null;
    };
  }, []);
  return cache;
}

export function useVersion(path: string): number {
  return useSyncExternalStore(
    (changed) => {
      const db = new DatabaseSync(path);
      db.function("changed", () => {
        changed();
        return null;
      });
      return () => db.close();
    },
    () => Date.now(),
  );
}

export function useNotes(): { readonly add: (text: string) => void } {
  const notes = new DatabaseSync(":memory:");
  onScopeDispose(() => notes.close());
  return { add: (text) => notes.prepare("insert into notes values (?)").run(text) };
}

export function useLog(path: string): Ref<FileHandle | undefined> {
  const log = shallowRef<FileHandle>();
  onMounted(async () => {
    log.value = await open(path, "a");
  });
  onBeforeUnmount(async () => {
    await log.value?.close();
  });
  return log;
}

export function useCount(path: Ref<string>): Ref<number> {
  const count = ref(0);
  watchEffect((onCleanup) => {
    const db = new DatabaseSync(path.value);
    count.value = db.prepare("select * from rows").all().length;
    onCleanup(() => db.close());
  });
  watch(path, (next) => {
    const db = new DatabaseSync(next);
    db.exec("pragma optimize");
    onWatcherCleanup(() => {
      db[Symbol.dispose]();
    });
  });
  return count;
}
