import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_CONTROL } from "../../../engine/regime/mod.ts";
import type { SyntheticControlState, SyntheticStatus } from "../../../modules/control/contract.ts";
import { ControlDriver } from "./control_driver.ts";
import {
  activationIn,
  type ControlDraft,
  type ControlEvent,
  type ControlModel,
  type Failure,
  isDirty,
} from "./control_model.ts";

const SKEW_MS = 7_000;

/** A page with a clock in the test's hand and a server that answers after `latencyMs`. */
class Bench {
  now = 1_000_000;
  latencyMs = 100;
  /** What the server answers to the next writes instead of storing them. */
  readonly failures: Failure[] = [];
  /** What it answers to looks at the status while set. */
  refuse: Extract<ControlEvent, { type: "poll_refused" }> | null = null;
  readonly puts: { readonly at: number; readonly body: SyntheticControlState }[] = [];
  readonly polls: number[] = [];
  stored: SyntheticControlState = DEFAULT_CONTROL_COPY();
  revision = 1;
  activateAt = 0;
  readonly driver: ControlDriver;
  #timers: { at: number; fn: () => void }[] = [];

  constructor() {
    this.driver = new ControlDriver({ put: (body) => this.#put(body), poll: () => this.#poll() }, {
      now: () => this.now,
      later: (fn, ms) => this.#later(fn, ms),
    });
  }

  get model(): ControlModel {
    return this.driver.model.value;
  }

  edit(change: Partial<ControlDraft>): void {
    this.driver.send({ type: "edit", change });
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    while (true) {
      await settled();
      const next = this.#timers.filter((timer) => timer.at <= end)
        .reduce<{ at: number; fn: () => void } | null>(
          (a, b) => a === null || b.at < a.at ? b : a,
          null,
        );
      if (next === null) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.fn();
    }
    this.now = end;
  }

  async open(): Promise<void> {
    this.driver.send({ type: "open" });
    await this.pass(this.latencyMs);
  }

  #later(fn: () => void, ms: number): () => void {
    const timer = { at: this.now + ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  #answer<T>(make: () => T): Promise<T> {
    return new Promise((resolve) => this.#later(() => resolve(make()), this.latencyMs));
  }

  #put(body: SyntheticControlState): Promise<ControlEvent> {
    this.puts.push({ at: this.now, body });
    const failure = this.failures.shift();
    return this.#answer(() => {
      if (failure !== undefined) return { type: "write_failed", failure };
      this.store(body);
      const { stored: control, revision, activateAt } = this;
      return { type: "written", confirmed: { control, revision, activateAt } };
    });
  }

  /** Stores a state as the server does. */
  store(body: SyntheticControlState): void {
    const serverNow = this.now + SKEW_MS;
    this.stored = { ...body, updated_at: serverNow, updated_by: "operator" };
    this.revision++;
    this.activateAt = Math.ceil((serverNow + 2_000) / 1_000) * 1_000;
  }

  #poll(): Promise<ControlEvent> {
    this.polls.push(this.now);
    const seen = this.#status(); // as it is when the question arrives
    return this.#answer(() => this.refuse ?? { type: "polled", status: seen });
  }

  #status(): SyntheticStatus {
    return {
      enabled: true,
      backend_mode: "synthetic",
      adapters: { options: "synthetic", equities: "synthetic" },
      control: this.stored,
      derived: null,
      engine: {
        revision: this.revision,
        activate_at: this.activateAt,
        revision_in_force: this.revision,
        generated_hit_counts: null,
        control_watch_age_ms: 0,
        server_time: this.now + SKEW_MS,
      },
    };
  }
}

function DEFAULT_CONTROL_COPY(): SyntheticControlState {
  return { ...DEFAULT_CONTROL, profile_weights: { ...DEFAULT_CONTROL.profile_weights } };
}

/** Lets answered promises go on. */
async function settled(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}

async function opened(): Promise<Bench> {
  const bench = new Bench();
  await bench.open();
  return bench;
}

Deno.test("the drawer asks nothing before it is opened", async () => {
  const bench = new Bench();
  await bench.pass(120_000);
  deepStrictEqual([bench.polls, bench.puts], [[], []]);
});

Deno.test("an edit shows at once and is written 250 ms after the last one", async () => {
  const bench = await opened();
  const start = bench.now;
  bench.edit({ preset_id: "event_day" });
  await bench.pass(200);
  bench.edit({ coverage_assist: false });
  strictEqual(bench.model.draft?.preset_id, "event_day");
  await bench.pass(249);
  strictEqual(bench.puts.length, 0);
  await bench.pass(1);
  deepStrictEqual(bench.puts.map((put) => put.at - start), [450]);
  deepStrictEqual(bench.puts[0]?.body, {
    ...DEFAULT_CONTROL,
    preset_id: "event_day",
    coverage_assist: false,
  });
  ok(isDirty(bench.model));
  await bench.pass(100);
  ok(!isDirty(bench.model));
  strictEqual(bench.model.confirmed?.revision, 2);
});

Deno.test("20 edits in 2 s take at most 8 writes, and the last state wins", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 20, maxLength: 20 }),
      fc.integer({ min: 1, max: 1_500 }),
      async (gaps, latencyMs) => {
        const bench = await opened();
        bench.latencyMs = latencyMs;
        const scale = 2_000 / Math.max(2_000, gaps.reduce((a, b) => a + b, 0));
        for (const [seed, gap] of gaps.entries()) {
          bench.edit({ shared_seed: seed + 100 });
          await bench.pass(Math.floor(gap * scale));
        }
        await bench.pass(10_000);
        ok(bench.puts.length >= 1 && bench.puts.length <= 8, `${bench.puts.length} writes`);
        strictEqual(bench.stored.shared_seed, 119);
        strictEqual(bench.model.draft?.shared_seed, 119);
        ok(!isDirty(bench.model));
      },
    ),
    { seed: 20_261_121, numRuns: 60 },
  );
});

Deno.test("edits made during a write queue one more with the latest draft", async () => {
  const bench = await opened();
  bench.latencyMs = 1_000;
  bench.edit({ shared_seed: 1 });
  await bench.pass(300);
  bench.edit({ shared_seed: 2 });
  await bench.pass(100);
  bench.edit({ shared_seed: 3 });
  await bench.pass(849);
  strictEqual(bench.puts.length, 1);
  strictEqual(bench.model.draft?.shared_seed, 3);
  await bench.pass(1);
  deepStrictEqual(bench.puts.map((put) => put.body.shared_seed), [1, 3]);
  await bench.pass(2_000);
  strictEqual(bench.puts.length, 2);
  strictEqual(bench.stored.shared_seed, 3);
});

Deno.test("a refused write rolls back at once and keeps the draft behind retry", async () => {
  const bench = await opened();
  bench.failures.push({ status: 500, message: "broken" });
  bench.edit({ preset_id: "dealer_day" });
  await bench.pass(250);
  const answeredAt = bench.now + bench.latencyMs;
  await bench.pass(bench.latencyMs);
  strictEqual(bench.now, answeredAt);
  strictEqual(bench.model.draft?.preset_id, "balanced_demo");
  deepStrictEqual(bench.model.failed?.failure, { status: 500, message: "broken" });
  strictEqual(bench.model.failed?.draft.preset_id, "dealer_day");
  await bench.pass(5_000);
  strictEqual(bench.puts.length, 1);
  bench.driver.send({ type: "retry" });
  strictEqual(bench.puts.length, 2);
  strictEqual(bench.model.draft?.preset_id, "dealer_day");
  await bench.pass(500);
  deepStrictEqual([bench.model.failed, bench.stored.preset_id], [null, "dealer_day"]);
});

Deno.test("a refused write keeps edits made meanwhile behind retry, too", async () => {
  const bench = await opened();
  bench.latencyMs = 400;
  bench.failures.push({ status: 503, message: "away" });
  bench.edit({ preset_id: "dealer_day" });
  await bench.pass(300);
  bench.edit({ coverage_window_minutes: 10 });
  await bench.pass(1_000);
  strictEqual(bench.puts.length, 1);
  strictEqual(bench.model.draft?.coverage_window_minutes, 20);
  deepStrictEqual(
    [bench.model.failed?.draft.preset_id, bench.model.failed?.draft.coverage_window_minutes],
    ["dealer_day", 10],
  );
  bench.driver.send({ type: "discard" });
  strictEqual(bench.model.failed, null);
});

Deno.test("an edit taken back within the wait writes nothing", async () => {
  const bench = await opened();
  bench.edit({ shared_seed: 5 });
  await bench.pass(100);
  bench.edit({ shared_seed: DEFAULT_CONTROL.shared_seed });
  await bench.pass(2_000);
  strictEqual(bench.puts.length, 0);
  ok(!isDirty(bench.model));
});

Deno.test("closing the drawer still writes what was chosen", async () => {
  const bench = await opened();
  bench.edit({ shared_seed: 5 });
  bench.driver.send({ type: "close" });
  await bench.pass(30_000);
  deepStrictEqual([bench.puts.length, bench.stored.shared_seed], [1, 5]);
});

Deno.test("looks at the status every 5 s while open, never while the tab is hidden", async () => {
  const bench = await opened();
  const start = bench.polls[0] ?? 0;
  await bench.pass(16_000);
  deepStrictEqual(bench.polls.map((at) => at - start), [0, 5_000, 10_000, 15_000]);
  bench.driver.send({ type: "visibility", isHidden: true });
  const seen = bench.polls.length;
  await bench.pass(600_000);
  strictEqual(bench.polls.length, seen);
  bench.driver.send({ type: "visibility", isHidden: false });
  strictEqual(bench.polls.length, seen + 1);
  bench.driver.send({ type: "close" });
  await bench.pass(60_000);
  strictEqual(bench.polls.length, seen + 1);
});

Deno.test("backs off to 30 s while the status fails, and is back to 5 s after", async () => {
  const bench = await opened();
  bench.latencyMs = 0;
  bench.refuse = {
    type: "poll_refused",
    access: { kind: "lost", failure: { status: 502, message: "bad gateway" } },
  };
  const start = bench.polls.length;
  await bench.pass(120_000);
  const times = bench.polls.slice(start);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  deepStrictEqual(gaps, [10_000, 20_000, 30_000, 30_000]);
  strictEqual(bench.model.access.kind, "lost");
  bench.refuse = null;
  await bench.pass(30_000);
  strictEqual(bench.model.access.kind, "ok");
  const last = bench.polls.at(-1) ?? 0;
  await bench.pass(6_000);
  strictEqual((bench.polls.at(-1) ?? 0) - last >= 5_000, true);
});

Deno.test("a look at the status never overwrites a draft, nor an older one what is confirmed", async () => {
  const bench = await opened();
  await bench.pass(4_850); // the next look is 50 ms away
  bench.edit({ shared_seed: 42 });
  await bench.pass(240); // the look was answered meanwhile
  strictEqual(bench.polls.length, 2);
  strictEqual(bench.model.draft?.shared_seed, 42);
  bench.latencyMs = 50;
  await bench.pass(60);
  strictEqual(bench.stored.shared_seed, 42);
  bench.latencyMs = 3_000; // a look that leaves before a write and returns after it
  await bench.pass(5_000);
  strictEqual(bench.polls.length, 3);
  bench.latencyMs = 10;
  bench.edit({ shared_seed: 43 });
  await bench.pass(300);
  strictEqual(bench.model.draft?.shared_seed, 43);
  await bench.pass(3_000);
  strictEqual(bench.model.draft?.shared_seed, 43);
  strictEqual(bench.model.confirmed?.control.shared_seed, 43);
});

Deno.test("a clean drawer takes over what another operator wrote", async () => {
  const bench = await opened();
  bench.store({ ...bench.stored, preset_id: "quiet_range" });
  await bench.pass(5_200);
  strictEqual(bench.model.draft?.preset_id, "quiet_range");
  strictEqual(bench.puts.length, 0);
});

Deno.test("counts down to the activation by the server's clock, second by second", async () => {
  const bench = await opened();
  bench.edit({ shared_seed: 9 });
  await bench.pass(350);
  const first = activationIn(bench.model);
  ok(first > 1_900 && first <= 3_000, `${first}`);
  await bench.pass(1_000);
  strictEqual(activationIn(bench.model) < first, true);
  await bench.pass(3_000);
  strictEqual(activationIn(bench.model), 0);
});

Deno.test("tells a disabled backend from one that is not synthetic and from a missing sign-in", async () => {
  const bench = new Bench();
  const conflict: SyntheticStatus = {
    enabled: false,
    backend_mode: "live",
    adapters: { options: "off", equities: "off" },
    control: null,
    derived: null,
    engine: null,
    disabled_reason: "neither ingest adapter is synthetic",
  };
  const cases = [
    { kind: "disabled" },
    { kind: "conflict", status: conflict },
    { kind: "signed_out", message: "sign in first", login: "/login" },
  ] as const;
  for (const access of cases) {
    bench.refuse = { type: "poll_refused", access };
    await bench.open();
    deepStrictEqual(bench.model.access, access);
    bench.edit({ shared_seed: 1 });
    await bench.pass(1_000);
    strictEqual(bench.puts.length, 0);
    bench.driver.send({ type: "close" });
    await bench.pass(100);
  }
});
