// F04: a test helper tracks what it is given, returns it, and disposes it when the test ends.
import { fastify } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { keep, nameOf, label, present } from "./keep.js";
import { Host } from "./service-host.js";

function track<T extends AsyncDisposable>(resource: T): T {
  onTestFinished(() => resource[Symbol.asyncDispose]());
  return resource;
}

const trackSync = <T extends Disposable>(resource: T): T => {
  onTestFinished(() => resource[Symbol.dispose]());
  return resource;
};

class Slot implements Disposable {
  static live = 0;
  readonly id = ++Slot.live;
  [Symbol.dispose]() {
    Slot.live--;
  }
}

class Small extends Host {
  readonly order: string[] = [];
  add(name: string) {
    return this.own({ name, [Symbol.asyncDispose]: async () => void this.order.push(name) });
  }
}

test("routes answer", async () => {
  const app = track(fastify({ logger: false }));
  app.get("/", async () => "hello");
  const { statusCode, body } = await app.inject("/");
  expect([statusCode, body]).toEqual([200, "hello"]);
});

test("labels do not copy", () => {
  const slot = trackSync(label(keep(new Slot()), "first"));
  const other = present(slot);
  expect(other).toBe(slot);
  expect(nameOf(other)).toBe("first");
});

test("the last one in is the first one out", async () => {
  const host = new Small();
  {
    await using scoped = keep(host);
    const { name } = scoped.add("a");
    scoped.add("b");
    expect(name).toBe("a");
  }
  expect(host.order).toEqual(["b", "a"]);
});

test("a kept slot is freed once", () => {
  const before = Slot.live;
  {
    using slot = keep(new Slot());
    expect(Slot.live).toBe(before + 1);
    expect(keep(slot)).toBe(slot);
  }
  expect(Slot.live).toBe(before);
});
