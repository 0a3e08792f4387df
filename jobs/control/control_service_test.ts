import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  activateAt,
  controlAt,
  type ControlState,
  DEFAULT_CONTROL,
} from "../../engine/regime/mod.ts";
import { KvControlStore } from "../../modules/control/mod.ts";
import { fastClock, keptLog, whenView, withKv, withService } from "../testing/control_rig.ts";
import { controlWith } from "../testing/control_store_suite.ts";
import { ControlService } from "./control_service.ts";
import { timelineOf } from "./timeline.ts";

const KEY = ["synthetic_control", "global"];

function content(change: Partial<ControlState> = {}) {
  const { updated_at: _at, updated_by: _by, ...rest } = { ...DEFAULT_CONTROL, ...change };
  return rest;
}

function write(service: ControlService, change: Partial<ControlState>, ifRevision?: number) {
  const more = ifRevision === undefined ? {} : { ifRevision };
  return service.put({ content: content(change), operator: "ann", ...more });
}

Deno.test("ControlService creates the default once, with the configured seed", async () => {
  await withKv(async (kv) => {
    const { log, lines } = keptLog();
    const boots = Array.from(
      { length: 10 },
      () =>
        new ControlService({
          store: new KvControlStore(() => Promise.resolve(kv)),
          clock: fastClock,
          log,
          seed: 77,
        }),
    );
    await Promise.all(boots.map((service) => service.start()));
    const views = boots.map((service) => service.view);
    strictEqual(new Set(views.map((view) => view.revision)).size, 1);
    deepStrictEqual(views[3]?.control, { ...DEFAULT_CONTROL, shared_seed: 77 });
    strictEqual(lines.filter((line) => line.includes("control_created")).length, 1);
    strictEqual((await new KvControlStore(() => Promise.resolve(kv)).readLog()).rows.length, 1);
    await Promise.all(boots.map((service) => service.stop()));
  });
});

Deno.test("ControlService stamps a write, activates it later and logs it", async () => {
  await withService(async ({ service, store, clock }) => {
    await service.start();
    clock.advance(1_234);
    const seen: number[] = [];
    service.onChange((view) => seen.push(view.revision));
    const written = await write(service, { preset_id: "dealer_day" });
    ok(written.kind === "written");
    const { view } = written;
    deepStrictEqual(view.control, {
      ...DEFAULT_CONTROL,
      preset_id: "dealer_day",
      updated_at: clock.epochMs(),
      updated_by: "ann",
    });
    strictEqual(view.activateAt, activateAt(clock.epochMs()));
    strictEqual(controlAt(view.timeline, view.activateAt - 1).preset_id, "balanced_demo");
    strictEqual(controlAt(view.timeline, view.activateAt).preset_id, "dealer_day");
    const { rows } = await store.readLog();
    deepStrictEqual(rows.map((row) => row.activate_at), [0, view.activateAt]);
    deepStrictEqual(seen, [view.revision]);
  });
});

Deno.test("ControlService keeps the revision of equal content and refuses a stale one", async () => {
  await withService(async ({ service, store }) => {
    await service.start();
    const first = service.view.revision;
    strictEqual((await write(service, {})).kind, "same");
    strictEqual(service.view.revision, first);
    strictEqual((await write(service, { shared_seed: 5 }, first)).kind, "written");
    deepStrictEqual(await write(service, { shared_seed: 6 }, first), {
      kind: "stale",
      revision: service.view.revision,
    });
    strictEqual((await store.readLog()).rows.length, 2);
  });
});

Deno.test("ControlService writes never go back in time, and rewrites nothing in the timeline", async () => {
  await withService(async ({ service, store, clock }) => {
    await service.start();
    const future = clock.epochMs() + 60_000;
    await store.put(controlWith(1, future), service.view.revision);
    const written = await write(service, { shared_seed: 2 });
    ok(written.kind === "written");
    strictEqual(written.view.control.updated_at, future);
    // Both activate in the same second: the newer one counts.
    deepStrictEqual(
      written.view.timeline.map((entry) => entry.snapshot.shared_seed),
      [11, 2],
    );
  });
});

Deno.test("ControlService survives a stored value that is no control state", async () => {
  await withService(async ({ service, kv, clock, lines }) => {
    await kv.set(KEY, { ...DEFAULT_CONTROL, preset_id: "nonsense" });
    await service.start();
    deepStrictEqual(service.view.control, DEFAULT_CONTROL);
    strictEqual(service.counters.invalidStored, 1);
    ok(lines.some((line) => line.includes("control_invalid")));
    clock.advance(5_000);
    const written = await write(service, { shared_seed: 4 }, service.storedRevision);
    ok(written.kind === "written");
    strictEqual(service.view.control.shared_seed, 4);
  });
});

Deno.test("ControlService follows other writers, past malformed entries and deletions", async () => {
  await withKv(async (kv) => {
    const { log } = keptLog();
    const store = new KvControlStore(() => Promise.resolve(kv));
    const make = () => new ControlService({ store, clock: fastClock, log, seed: 11 });
    const a = make();
    const b = make();
    await a.start();
    await b.start();
    const invalid = whenInvalid(b);
    await kv.set(KEY, "broken");
    await invalid;
    strictEqual(b.view.control.shared_seed, 11);
    const written = await write(a, { shared_seed: 3 });
    ok(written.kind === "written");
    const seen = await whenView(b, (view) => view.revision >= written.view.revision);
    deepStrictEqual(seen, written.view);
    await kv.delete(KEY);
    deepStrictEqual(b.view.control, written.view.control);
    await a.stop();
    await b.stop();
  });
});

/** Resolves when the service has met a malformed value. */
async function whenInvalid(service: ControlService): Promise<void> {
  while (service.counters.invalidStored === 0) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

Deno.test("ControlService keeps its state while the store is away and follows again by itself", async () => {
  await withService(async ({ service, store, clock }) => {
    await service.start();
    const before = await write(service, { preset_id: "event_day" });
    ok(before.kind === "written");
    store.away = true;
    await rejects(write(service, { shared_seed: 2 }), { code: "control_store_unavailable" });
    const waits = clock.sleeps.length;
    // Time passes; the store answers nothing.
    for (let second = 0; second < 60; second++) {
      clock.advance(1_000);
      await settled();
    }
    deepStrictEqual(clock.sleeps.slice(waits, waits + 6), [
      500,
      1_000,
      2_000,
      4_000,
      8_000,
      10_000,
    ]);
    deepStrictEqual(service.view, before.view);
    ok((service.controlWatchAgeMs ?? 0) >= 55_000);
    strictEqual(service.readiness().ok, false);
    store.away = false;
    await store.put(controlWith(9, clock.epochMs()), before.view.revision);
    const changed = whenView(service, (view) => view.control.shared_seed === 9);
    clock.advance(10_000);
    await changed;
    ok((service.controlWatchAgeMs ?? Infinity) < 1_000);
    deepStrictEqual(service.readiness(), { ok: true, detail: "revision 3, answered 0 s ago" });
    strictEqual((await write(service, { shared_seed: 10 })).kind, "written");
  });
});

/** Lets everything that is ready to run do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

Deno.test("ControlService starts with the defaults when the store is away, and takes it up later", async () => {
  await withService(async ({ service, store, clock }) => {
    store.away = true;
    await service.start();
    deepStrictEqual([service.view.revision, service.controlWatchAgeMs], [0, null]);
    deepStrictEqual(service.readiness(), { ok: false, detail: "never answered" });
    deepStrictEqual(service.view.control, DEFAULT_CONTROL);
    store.away = false;
    const up = whenView(service, (view) => view.revision > 0);
    clock.advance(500);
    await up;
    strictEqual((await store.readLog()).rows.length, 1);
  });
});

Deno.test("timelineOf() is ascending and takes the newest of rows that activate together", () => {
  const row = (revision: number, activate_at: number) => ({
    revision,
    activate_at,
    snapshot: controlWith(revision),
  });
  const timeline = timelineOf(
    [row(1, 0), row(4, 9_000), row(5, 8_000), row(7, 12_000)],
    controlWith(0),
  );
  deepStrictEqual(timeline.map((entry) => [entry.activate_at, entry.snapshot.shared_seed]), [
    [0, 1],
    [9_000, 5],
    [12_000, 7],
  ]);
  deepStrictEqual(timelineOf([], controlWith(3)), [{ activate_at: 0, snapshot: controlWith(3) }]);
});
