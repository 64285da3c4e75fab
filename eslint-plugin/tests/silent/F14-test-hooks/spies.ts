// F14: mocks and spies are disposable, and the framework or a hook restores them.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi, type Mock, type MockInstance } from "vitest";
import os from "node:os";
import { EventEmitter } from "node:events";

type Notify = (channel: string, text: string) => Promise<void>;

class Announcer {
  constructor(readonly notify: Notify, readonly clock: Pick<typeof Date, "now"> = Date) {}

  async announce(...channels: string[]): Promise<number> {
    console.info("announcing to %d channels", channels.length);
    for (const channel of channels) await this.notify(channel, `${os.hostname()} at ${this.clock.now()}`);
    return channels.length;
  }
}

const createNotify = (): Mock<Notify> => vi.fn<Notify>().mockResolvedValue(undefined);

describe("Announcer", () => {
  let notify: Mock<Notify>;
  let info: MockInstance<typeof console.info>;

  beforeEach(() => {
    notify = createNotify();
    vi.spyOn(os, "hostname").mockReturnValue("host");
    info = vi.spyOn(console, "info").mockImplementation(() => {});
    vi.useFakeTimers({ now: 0 });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("tells every channel", async () => {
    const announcer = new Announcer(notify);
    await expect(announcer.announce("a", "b")).resolves.toBe(2);
    expect(notify.mock.calls.map(([channel]) => channel)).toEqual(["a", "b"]);
    expect(info).toHaveBeenCalledOnce();
  });

  it("reads the clock for each of them", async () => {
    const now = vi.spyOn(Date, "now");
    now.mockReturnValueOnce(1).mockReturnValueOnce(2);
    await new Announcer(notify).announce("a", "b");
    expect(now).toHaveBeenCalledTimes(2);
    expect(notify).toHaveBeenLastCalledWith("b", "host at 2");
  });

  it("stops at the first failure", async () => {
    const failing = createNotify().mockRejectedValueOnce(new Error("offline"));
    using warn = vi.spyOn(console, "warn").mockReturnValue();
    await expect(new Announcer(failing).announce("a", "b")).rejects.toThrow("offline");
    expect(failing).toHaveBeenCalledTimes(1);
    expect(warn).not.toHaveBeenCalled();
  });

  it("passes listeners through", () => {
    const emitter = new EventEmitter();
    const [first, second] = [vi.fn(), vi.fn()];
    emitter.on("done", first).once("done", second);
    const emit = vi.spyOn(emitter, "emit");
    onTestFinished(() => emit.mockRestore());
    emitter.emit("done");
    expect(first.mock.invocationCallOrder[0]).toBeLessThan(second.mock.invocationCallOrder[0]!);
  });

  it("mocks a module on demand", async () => {
    vi.doMock("node:dns/promises", () => ({ lookup: vi.fn(async () => ({ address: "::1", family: 6 })) }));
    onTestFinished(() => void vi.doUnmock("node:dns/promises"));
    const { lookup } = await import("node:dns/promises");
    await expect(lookup("localhost")).resolves.toEqual({ address: "::1", family: 6 });
  });
});
