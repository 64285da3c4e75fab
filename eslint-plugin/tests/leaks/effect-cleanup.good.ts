import { DatabaseSync } from "node:sqlite";
import { useEffect, useState } from "react";
import { onUnmounted, ref, type Ref } from "@vue/runtime-dom";

export function useRows(path: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    using db = new DatabaseSync(path);
    setCount(db.prepare("select * from rows").all().length);
  }, [path]);
  return count;
}

export function useTotal(path: string): Ref<number> {
  const total = ref(0);
  const db = new DatabaseSync(path);
  total.value = db.prepare("select * from rows").all().length;
  onUnmounted(() => {
    total.value = 0;
    db.close();
  });
  return total;
}
