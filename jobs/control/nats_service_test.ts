import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import { fastClock, keptLog, whenView } from "../testing/control_rig.ts";
import { type NatsServer, natsTest } from "../testing/nats_server.ts";
import { ControlService, type ControlView } from "./control_service.ts";
import { NatsControlStore } from "./nats_control_store.ts";

interface Booted {
  readonly service: ControlService;
  readonly store: NatsControlStore;
  readonly lines: string[];
}

/** Services with connections of their own, as separate processes have them. */
async function withServices(
  server: NatsServer,
  count: number,
  fn: (services: readonly Booted[]) => Promise<void>,
): Promise<void> {
  const booted = Array.from({ length: count }, () => {
    const { log, lines } = keptLog();
    const store = new NatsControlStore(server.url);
    return {
      store,
      lines,
      service: new ControlService({ store, clock: fastClock, log, seed: 11 }),
    };
  });
  try {
    await Promise.all(booted.map(({ service }) => service.start()));
    await fn(booted);
  } finally {
    for (const { service, store } of booted) {
      await service.stop();
      await store.close();
    }
  }
}

function content(seed: number) {
  const { updated_at: _at, updated_by: _by, ...rest } = DEFAULT_CONTROL;
  return { ...rest, shared_seed: seed };
}

natsTest("ten services that boot at once create the default exactly once", async (server) => {
  await withServices(server, 10, async (booted) => {
    deepStrictEqual(new Set(booted.map(({ service }) => service.view.revision)), new Set([1]));
    const created = booted.flatMap(({ lines }) => lines).filter((line) =>
      line.includes("control_created")
    );
    strictEqual(created.length, 1);
    const { rows } = await booted[0]!.store.readLog();
    deepStrictEqual(rows.map((row) => row.revision), [1]);
  });
});

natsTest("a write reaches both other services within a second, 100 times", async (server) => {
  await withServices(server, 3, async ([api, options, equities]) => {
    ok(api && options && equities);
    const delays: number[] = [];
    for (let seed = 100; seed < 200; seed++) {
      const startMs = performance.now();
      const written = await api.service.put({ content: content(seed), operator: "ann" });
      ok(written.kind === "written");
      const seen: ControlView[] = await Promise.all(
        [options, equities].map(({ service }) =>
          whenView(service, (view) => view.revision >= written.view.revision)
        ),
      );
      delays.push(performance.now() - startMs);
      for (const view of seen) deepStrictEqual(view, written.view);
    }
    delays.sort((a, b) => a - b);
    ok((delays[94] ?? Infinity) <= 1_000, `p95 is ${delays[94]} ms`);
    console.log(`control spread over NATS: p50 ${delays[49]} ms, p95 ${delays[94]} ms`);
  });
});

natsTest(
  "services keep their state over a crash of NATS and follow again without a restart",
  async (server) => {
    await withServices(server, 2, async ([a, b]) => {
      ok(a && b);
      const before = await a.service.put({ content: content(1), operator: "ann" });
      ok(before.kind === "written");
      await whenView(b.service, (view) => view.revision === before.view.revision);
      await server.kill();
      await rejects(a.service.put({ content: content(2), operator: "ann" }), {
        code: "control_store_unavailable",
      });
      deepStrictEqual(a.service.view, before.view);
      deepStrictEqual(b.service.view, before.view);
      while (b.service.counters.storeErrors === 0) await turn();
      await server.restart();
      while (!isFresh(b.service)) await turn();
      let after = null;
      while (after === null) {
        after = await a.service.put({ content: content(3), operator: "ann" }).catch(() => null);
        await turn();
      }
      ok(after.kind === "written");
      const seen = await whenView(b.service, (view) => view.control.shared_seed === 3);
      deepStrictEqual(seen, after.view);
      ok(after.view.revision > before.view.revision);
    });
  },
);

function isFresh(service: ControlService): boolean {
  return (service.controlWatchAgeMs ?? Infinity) < 50;
}

/** Lets the sockets and timers of this process go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
