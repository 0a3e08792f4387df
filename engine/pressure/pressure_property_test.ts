import fc from "fast-check";
import { ok, strictEqual } from "node:assert/strict";
import { ACTION, FLAG, SIDE } from "../dbn/mod.ts";
import { ENG } from "../frames/mod.ts";
import { NaivePressure } from "./_pressure_naive.ts";
import { PressureEngine } from "./pressure_engine.ts";
import { STRIDE } from "./tick_state.ts";

const TICKS = 24;
const TICK_NANO = 250;

interface Event {
  /** ns since the event before; negative goes back. */
  readonly gapNs: number;
  /** Code of an action, or 0 to let time pass. */
  readonly action: number;
  readonly side: number;
  /** Halves of a tick. */
  readonly halfTicks: number;
  readonly size: number;
  readonly id: number;
  readonly flags: number;
}

const gap = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 50_000_000 }),
  fc.integer({ min: 100_000_000, max: 20_000_000_000 }),
  fc.integer({ min: -5_000_000, max: -1 }),
);
const letters = [
  ACTION.ADD,
  ACTION.ADD,
  ACTION.ADD,
  ACTION.CANCEL,
  ACTION.MODIFY,
  ACTION.MODIFY,
  ACTION.FILL,
  ACTION.FILL,
  ACTION.TRADE,
  ACTION.NONE,
  0,
  0,
];
const event: fc.Arbitrary<Event> = fc.record({
  gapNs: gap,
  action: fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...letters) },
    { weight: 1, arbitrary: fc.constant(ACTION.CLEAR) },
  ),
  side: fc.constantFrom(SIDE.BID, SIDE.ASK, SIDE.BID, SIDE.ASK, SIDE.BID, SIDE.ASK, SIDE.NONE),
  halfTicks: fc.oneof(
    fc.integer({ min: 190, max: 210 }),
    fc.constantFrom(0, 199, 150, 260),
  ),
  size: fc.integer({ min: 0, max: 20 }),
  id: fc.integer({ min: 1, max: 25 }),
  flags: fc.constantFrom(0, 0, 0, FLAG.LAST, FLAG.LAST, FLAG.SNAPSHOT, FLAG.SNAPSHOT | FLAG.LAST),
});
const stream = fc.array(event, { minLength: 30, maxLength: 90 });

function newEngine(model: "compat" | "complete"): PressureEngine {
  return new PressureEngine({
    ticks: TICKS,
    tickNano: TICK_NANO,
    model,
    autoAnchor: true,
    strict: false,
  });
}

/** Plays a stream; `after` sees every step. */
function play(
  events: readonly Event[],
  engine: PressureEngine,
  naive: NaivePressure | null,
  after: () => void = () => {},
): void {
  let tsNs = 1e15;
  for (const e of events) {
    tsNs += e.gapNs;
    if (e.action === 0) {
      engine.advance(tsNs);
      naive?.advance(tsNs);
    } else {
      const price = (e.halfTicks * TICK_NANO) / 2;
      engine.update(tsNs, e.action, e.side, price, e.size, e.id, 7, e.flags);
      naive?.update(tsNs, e.action, e.side, price, e.size, BigInt(e.id), e.flags);
    }
    after();
  }
}

function near(actual: number, expected: number, what: string): void {
  const bound = 1e-9 + 1e-9 * Math.abs(expected);
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, expected ${expected}`);
}

function compare(engine: PressureEngine, naive: NaivePressure, model: string): void {
  strictEqual(engine.eventCount, naive.eventCount);
  strictEqual(engine.bookValid, naive.bookValid);
  strictEqual(engine.snapshotInProgress, naive.snapshotInProgress);
  strictEqual(engine.book.grid.anchor, naive.anchor);
  strictEqual(engine.book.orders.size, naive.orders.size);
  const [bid, ask] = naive.best();
  strictEqual(engine.book.bestBid, bid);
  strictEqual(engine.book.bestAsk, ask);
  strictEqual(engine.state.activeCount, naive.ticks.size);
  const { values, lastNs, lastEventId } = engine.state;
  for (let i = 0; i < TICKS; i++) {
    const [bidDepth, askDepth] = naive.depthAt(i);
    const o = i * STRIDE;
    strictEqual(engine.book.bidDepth[i], bidDepth);
    strictEqual(engine.book.askDepth[i], askDepth);
    strictEqual(values[o + ENG.REST_DEPTH], naive.restAt(i));
    const tick = naive.ticks.get(i);
    strictEqual(lastNs[i], tick?.lastNs ?? 0);
    strictEqual(lastEventId[i], tick?.lastEventId ?? 0);
    for (let kind = 0; kind < 4; kind++) {
      const what = `${model} tick ${i} kind ${kind}`;
      if (kind < 3) near(values[o + kind]!, tick?.mass[kind] ?? 0, `${what} mass`);
      // The discrete chain divides by tiny steps, so its scale is that of the rates before it.
      const a = tick?.a[kind] ?? 0;
      const j = tick?.j[kind] ?? 0;
      near(values[o + ENG.V_ADD + kind]!, tick?.v[kind] ?? 0, `${what} v`);
      near(values[o + ENG.A_ADD + kind]!, a, `${what} a`);
      near(values[o + ENG.J_ADD + kind]!, j, `${what} j`);
    }
  }
}

for (const model of ["compat", "complete"] as const) {
  Deno.test(`PressureEngine in the model ${model} agrees with the obvious one on 300 streams`, () => {
    fc.assert(
      fc.property(stream, (events) => {
        const engine = newEngine(model);
        const naive = new NaivePressure({
          ticks: TICKS,
          tickNano: TICK_NANO,
          complete: model === "complete",
        });
        let n = 0;
        play(events, engine, naive, () => {
          if (++n % 15 === 0) compare(engine, naive, model);
        });
        compare(engine, naive, model);
      }),
      { seed: 20_260_101, numRuns: 300 },
    );
  });

  Deno.test(`PressureEngine in the model ${model} keeps its invariants on any stream`, () => {
    fc.assert(
      fc.property(stream, (events) => {
        const engine = newEngine(model);
        play(events, engine, null, () => {
          const { values, pressure, vacuum, activeCount } = engine.state;
          ok(values.every(Number.isFinite));
          ok(pressure.every((p) => p >= -1e-12 && p < Infinity));
          ok(vacuum.every((v) => v >= -1e-12 && v < Infinity));
          ok(activeCount <= TICKS);
          for (let i = 0; i < TICKS; i++) {
            for (const c of [ENG.ADD_MASS, ENG.PULL_MASS, ENG.FILL_MASS]) {
              ok(values[i * STRIDE + c]! >= -1e-12);
            }
            for (const c of [ENG.V_ADD, ENG.V_PULL, ENG.V_FILL]) {
              ok(values[i * STRIDE + c]! >= -1e-12);
            }
            ok(engine.book.bidDepth[i]! >= 0 && engine.book.askDepth[i]! >= 0);
          }
          if (model === "complete") checkDepthIsOrders(engine);
        });
      }),
      { seed: 20_260_102, numRuns: 100 },
    );
  });

  Deno.test(`PressureEngine.restore() in the model ${model} continues bit by bit`, () => {
    fc.assert(
      fc.property(stream, stream, (first, second) => {
        const whole = newEngine(model);
        play(first, whole, null);
        const copy = newEngine(model);
        copy.restore(structuredClone(whole.save()));
        play(second, whole, null);
        play(second, copy, null);
        for (const name of ["values", "pressure", "vacuum", "lastNs", "lastEventId"] as const) {
          ok(whole.state[name].every((value, i) => Object.is(value, copy.state[name][i])), name);
        }
        ok(whole.book.bidDepth.every((depth, i) => depth === copy.book.bidDepth[i]));
        ok(whole.book.askDepth.every((depth, i) => depth === copy.book.askDepth[i]));
        strictEqual(copy.book.bestBid, whole.book.bestBid);
        strictEqual(copy.book.bestAsk, whole.book.bestAsk);
      }),
      { seed: 20_260_103, numRuns: 100 },
    );
  });
}

function checkDepthIsOrders(engine: PressureEngine): void {
  const { orders, bidDepth, askDepth } = engine.book;
  let inRange = 0;
  for (let slot = orders.next(-1); slot >= 0; slot = orders.next(slot)) {
    if (orders.index(slot) >= 0) inRange += orders.qty(slot);
  }
  let depth = 0;
  for (let i = 0; i < TICKS; i++) depth += bidDepth[i]! + askDepth[i]!;
  strictEqual(depth, inRange);
}

Deno.test("PressureEngine in the model complete does not care how time is cut", () => {
  const moving = stream.map((events) =>
    events.filter((e) => e.action !== 0).map((e) => ({ ...e, gapNs: Math.abs(e.gapNs) }))
  );
  fc.assert(
    fc.property(moving, fc.integer({ min: 1, max: 7 }), (events, cuts) => {
      const rough = newEngine("complete");
      const fine = newEngine("complete");
      play(events, rough, null);
      let tsNs = 1e15;
      for (const e of events) {
        for (let c = 1; c <= cuts; c++) fine.advance(Math.floor(tsNs + (e.gapNs * c) / cuts));
        tsNs += e.gapNs;
        const price = (e.halfTicks * TICK_NANO) / 2;
        fine.update(tsNs, e.action, e.side, price, e.size, e.id, 7, e.flags);
      }
      rough.advance(tsNs + 1e9);
      fine.advance(tsNs + 1e9);
      fine.state.values.forEach((value, i) => near(value, rough.state.values[i]!, `value ${i}`));
    }),
    { seed: 20_260_104, numRuns: 100 },
  );
});

Deno.test("PressureEngine.update() lists a tick once, also at times that are not above 0", () => {
  for (const model of ["compat", "complete"] as const) {
    const engine = newEngine(model);
    engine.setAnchor(100);
    for (const tsNs of [0, -5, 0, 0, 7]) {
      engine.update(tsNs, ACTION.MODIFY, SIDE.BID, 100 * TICK_NANO, 30 - tsNs, 1, 0, FLAG.LAST);
      engine.update(tsNs, ACTION.MODIFY, SIDE.BID, 100 * TICK_NANO, 90 - tsNs, 1, 0, FLAG.LAST);
    }
    strictEqual(engine.state.activeCount, 1);
  }
});
