import { type ControlStore, ControlStoreError, KvControlStore } from "../../modules/control/mod.ts";
import { type ControlClock, ControlService } from "../control/mod.ts";
import { createLogger, type Logger } from "../kit/mod.ts";
import { systemClock } from "../kit/clock.ts";
import { Sleepers } from "./sleepers.ts";

/** A logger that keeps its JSON lines. */
export function keptLog(): { readonly log: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const log = createLogger("control", {
    level: "debug",
    human: false,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  return { log, lines };
}

/** A clock that stands still until it is told; sleepers wake when their time has come. */
export class TestClock implements ControlClock {
  /** Waits that were asked for, ms, in order. */
  readonly sleeps: number[] = [];
  #nowMs = 1_800_000_000_000;
  readonly #sleepers = new Sleepers();

  nowMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.sleeps.push(ms);
    return this.#sleepers.sleepUntil(this.#nowMs + ms, signal);
  }

  /** Moves time on and wakes who waited for it. */
  advance(ms: number): void {
    this.#nowMs += ms;
    this.#sleepers.wakeUntil(this.#nowMs);
  }
}

/** The machine's clock with waits of a fiftieth. */
export const fastClock: ControlClock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 50, signal),
};

/** A store that can be taken away and given back. */
export function breakable(inner: ControlStore): ControlStore & { away: boolean } {
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    if (outer.away) throw new ControlStoreError("Cannot reach the store: it is away");
    return await work();
  };
  const outer = {
    away: false,
    get: () => call(() => inner.get()),
    create: (control: Parameters<ControlStore["create"]>[0]) => call(() => inner.create(control)),
    put: (...args: Parameters<ControlStore["put"]>) => call(() => inner.put(...args)),
    watch: (...args: Parameters<ControlStore["watch"]>) => inner.watch(...args),
    appendLog: (row: Parameters<ControlStore["appendLog"]>[0]) => call(() => inner.appendLog(row)),
    readLog: () => call(() => inner.readLog()),
  };
  return outer;
}

/** A database in a file of its own, gone afterwards. */
export async function withKv(fn: (kv: Deno.Kv) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".sqlite" });
  const kv = await Deno.openKv(path);
  try {
    await fn(kv);
  } finally {
    kv.close();
    await Deno.remove(path);
  }
}

/** A service on a database of its own, with time in the test's hand. */
export async function withService(
  fn: (rig: {
    readonly service: ControlService;
    readonly store: ControlStore & { away: boolean };
    readonly kv: Deno.Kv;
    readonly clock: TestClock;
    readonly log: Logger;
    readonly lines: string[];
  }) => Promise<void>,
): Promise<void> {
  await withKv(async (kv) => {
    const { log, lines } = keptLog();
    const clock = new TestClock();
    const store = breakable(new KvControlStore(() => Promise.resolve(kv)));
    const service = new ControlService({ store, clock, log, seed: 11 });
    try {
      await fn({ service, store, kv, clock, log, lines });
    } finally {
      await service.stop();
    }
  });
}

/** Resolves when the service uses a state that `is` accepts. */
export function whenView(
  service: ControlService,
  is: (view: ControlService["view"]) => boolean,
): Promise<ControlService["view"]> {
  return new Promise((resolve) => {
    if (is(service.view)) return resolve(service.view);
    const end = service.onChange((view) => {
      if (!is(view)) return;
      end();
      resolve(view);
    });
  });
}
