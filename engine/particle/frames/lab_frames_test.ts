import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { SIDE } from "../../dbn/mod.ts";
import { TickBook } from "../../book/mod.ts";
import { newWindowFrame } from "../../pressure/mod.ts";
import { LabError } from "../error.ts";
import { FlowScale } from "./flow_scale.ts";
import { FrameRules, LabFrames, type MarketFrame, tickEndNs, tickOf } from "./mod.ts";
import { emptyFrame } from "./market_frame.ts";
import { TickClock } from "./tick_clock.ts";

const TICK = 250_000_000;
const BASE_NS = 1_767_709_800_250_000_000n;
const INSTRUMENT = {
  tick_int: TICK,
  cell_width_ms: 100,
  grid_radius_ticks: 50,
  projection_horizons_ms: [250, 500],
};

/** A book around tick 1,000 whose levels are set by hand. */
class Levels {
  readonly book = new TickBook({ ticks: 201, tickNano: TICK, strict: true, onOutOfRange() {} });
  constructor() {
    this.book.grid.anchor = 1_000;
  }
  /** Gives the book new best levels; a quantity of 0 is a side without orders. */
  set(bid: number, bidQty: number, ask: number, askQty: number): TickBook {
    this.book.clear();
    if (bidQty > 0) this.book.add(SIDE.BID, bid * TICK, bidQty, 1, 0);
    if (askQty > 0) this.book.add(SIDE.ASK, ask * TICK, askQty, 2, 0);
    return this.book;
  }
}

function labOf(labTickNano = TICK, dt = 0.5) {
  const frames: MarketFrame[] = [];
  const lab = new LabFrames({
    baseNs: BASE_NS,
    dt,
    instrument: INSTRUMENT,
    labTickNano,
    onFrame: (frame) => frames.push(structuredClone(frame)),
  });
  return { lab, frames };
}

Deno.test("TickClock keeps the grid of the epoch whatever the base", () => {
  for (
    const [baseNs, dt] of [[BASE_NS, 0.5], [BASE_NS + 1n, 0.07], [0n, 0.5], [7n, 1e-9]] as const
  ) {
    const clock = new TickClock(baseNs, dt);
    equal(clock.endNs, NaN);
    for (const offset of [0, 1, 249_999_999, 250_000_000, 86_400e9 * 100 + 1]) {
      clock.open(offset);
      equal(clock.tick, tickOf(baseNs + BigInt(offset), dt));
      equal(BigInt(clock.endNs) + baseNs, tickEndNs(clock.tick, dt));
      ok(clock.endNs > offset);
    }
  }
});

Deno.test("TickClock refuses widths that are no whole nanoseconds", () => {
  for (const dt of [0, -1, NaN, Infinity, 1e-10, 1.5e-9]) {
    throws(() => new TickClock(0n, dt), (error) => {
      return error instanceof LabError && error.field === "dt";
    }, `${dt}`);
  }
});

Deno.test("FlowScale.take() norms by what was seen before", () => {
  const scale = new FlowScale();
  equal(scale.take(10), Math.tanh(10), "nothing was seen: the scale is 1");
  equal(scale.take(-10), Math.tanh(-10 / 15), "the first value is the mean");
  equal(scale.take(4), Math.tanh(4 / 15));
  equal(scale.take(0), Math.tanh(0));
  const other = new FlowScale();
  other.restore(structuredClone(scale.save()));
  equal(other.take(5), scale.take(5));
  const mean = (10 + 10 + 4 + 0 + 5) / 5;
  equal(Math.abs(scale.take(3) - Math.tanh(3 / (1.5 * mean))) < 1e-12, true);
  for (let i = 0; i < 2_000; i++) scale.take(0);
  equal(scale.take(1), Math.tanh(1), "never below one contract");
});

Deno.test("LabFrames reads the book at the end of a tick, and its flow", () => {
  const { lab, frames } = labOf();
  const levels = new Levels();
  lab.see(levels.set(990, 9, 1_010, 9)); // before the first bin
  lab.open(0);
  equal(lab.endNs, 250_000_000, "half a second after the whole one");
  lab.see(levels.set(999, 5, 1_001, 7)); // +5 for the better bid, -7 for the better ask
  lab.see(levels.set(999, 8, 1_001, 7)); // +3
  lab.see(levels.set(999, 8, 1_002, 4)); // +7: the ask went away
  lab.close();
  lab.close();
  deepEqual(frames.map(({ tick }) => tick), [tickOf(BASE_NS, 0.5), tickOf(BASE_NS, 0.5) + 1]);
  const [{ spotTicks, bidTicks, askTicks, valid, scalars }, quiet] = frames as [
    MarketFrame,
    MarketFrame,
  ];
  deepEqual([bidTicks, askTicks, spotTicks, valid], [999, 1_002, 1_000.5, true]);
  equal(scalars["flow.ofi"].v, 5 - 7 + 3 + 7);
  equal(scalars["book.imbalance"].v, 1 / 3);
  equal(scalars["book.microOffset"].v, 0.5);
  equal(scalars["flow.ofiNorm"].v, Math.tanh(8));
  deepEqual(quiet.scalars["flow.ofi"], { v: 0, ageS: 0 });
  equal(quiet.spotTicks, 1_000.5);
  equal(quiet.scalars["vp.netEdge"].ageS, Infinity, "what nothing feeds is stale, not zero");
});

Deno.test("LabFrames tells a gap, and begins the flow anew after it", () => {
  const { lab, frames } = labOf();
  const levels = new Levels();
  lab.open(0);
  for (
    const [bid, bidQty, ask, askQty] of [
      [999, 5, 1_001, 7],
      [999, 5, 0, 0],
      [0, 0, 1_001, 7],
      [0, 0, 0, 0],
      [1_001, 5, 1_001, 7],
      [1_003, 5, 1_001, 7],
      [999, 50, 1_001, 70],
      [999, 51, 1_001, 70],
    ] as const
  ) {
    lab.see(levels.set(bid, bidQty, ask, askQty));
    lab.close();
  }
  deepEqual(frames.map(({ fault }) => fault), [
    null,
    "one_sided",
    "one_sided",
    "one_sided",
    "crossed",
    "crossed",
    null,
    null,
  ]);
  deepEqual(frames.map(({ scalars }) => scalars["flow.ofi"].v), [0, 0, 0, 0, 0, 0, 0, 1]);
  deepEqual(
    frames.map(({ scalars }) => scalars["flow.ofi"].ageS),
    [0, 0.5, 1, 1.5, 2, 2.5, 0, 0],
  );
  deepEqual(frames.map(({ quality }) => quality > 0), frames.map(({ valid }) => valid));
});

/** A bin of a pipeline with a score of its own, told to end at a time. */
function binOf(endMs: number, score: number, isCrossed = false) {
  const bin = newWindowFrame(BASE_NS, INSTRUMENT.grid_radius_ticks, 2);
  Object.assign(bin, {
    binEndNs: endMs * 1e6,
    bookValid: true,
    spotRefPriceInt: 1_000 * TICK,
    bestBidPriceInt: 999 * TICK,
    bestAskPriceInt: (isCrossed ? 999 : 1_000) * TICK,
  });
  bin.score.fill(score);
  bin.projections[1]!.fill(score / 2);
  return bin;
}

Deno.test("LabFrames shows the last bin of a tick, or an older one where that is not sound", () => {
  const { lab, frames } = labOf();
  const signals = { ads: 0, pfp: 0, svac: 0, composite: 1.5, warmup: 2 / 3 };
  lab.see(new Levels().set(999, 5, 1_000, 7));
  lab.open(0);
  lab.takeBin(binOf(110, 0.25), signals);
  lab.takeBin(binOf(210, 0.5), signals);
  lab.close(); // at 250 ms
  lab.takeBin(binOf(610, 0.75), { ...signals, warmup: 1 }); // not the last of its tick
  lab.takeBin(binOf(710, 1, true), { ...signals, warmup: 1 });
  lab.close();
  lab.takeBin(binOf(1_250, 1), { ...signals, warmup: 1 });
  lab.close();
  const told = frames.map(({ profiles, scalars }) => [
    profiles["vp.score"].v[0],
    profiles["vp.proj500"].v[100],
    profiles["vp.score"].ageS,
    scalars["vp.netEdge"].ageS,
    scalars["vp.signal"].v,
    scalars["vp.signal"].ageS,
  ]);
  deepEqual(told, [
    [0.5, 0.25, 0.04, 0.04, 0, Infinity],
    [0.5, 0.25, 0.54, 0.54, 0, Infinity],
    [1, 0.5, 0, 0, 1, 0],
  ]);
});

Deno.test("LabFrames measures in lab ticks", () => {
  const { lab, frames } = labOf(4 * TICK);
  lab.open(0);
  lab.see(new Levels().set(998, 5, 1_000, 5));
  lab.close();
  const [{ spotTicks, scalars, profiles }] = frames as [MarketFrame];
  equal(spotTicks, 999 / 4);
  equal(scalars["book.spread"].v, 0.5);
  deepEqual([profiles["vp.score"].x0, profiles["vp.score"].step], [-12.5, 0.25]);
  deepEqual([profiles["vel.nu"].x0, profiles["opt.velocity"].step], [-50, 5]);
});

Deno.test("FrameRules.check() names the rule that a frame breaks", () => {
  const rules = new FrameRules();
  const frame = emptyFrame({ pressure: 1, velocity: 1, options: 1, gamma: 1 });
  const check = (tick: number, bidTicks: number, askTicks: number) =>
    rules.check(
      Object.assign(frame, { tick, bidTicks, askTicks, spotTicks: (bidTicks + askTicks) / 2 }),
    );
  equal(check(5, 1_000, 1_001), null);
  equal(check(5, 1_000, 1_001), "time");
  equal(check(4, 1_000, 1_001), "time");
  equal(check(NaN, 1_000, 1_001), "time");
  equal(check(6, -20, 10), "spot", "prices below zero have no medium");
  equal(check(6, 1_000, NaN), "spot");
  equal(check(6, 1_000, 2_000), "jump", "the mid moved, no quote did");
  equal(check(6, 1_600, 1_601), null, "a quote is there");
  equal(check(7, 1_600, 1_600), "crossed");
  equal(check(8, 0, 1_600), "one_sided");
  equal(check(9, 1_000, 3_000), null, "not the tick after the last one");
  const restored = new FrameRules();
  restored.restore(structuredClone(rules.save()));
  equal(restored.check(frame), "time");
});

Deno.test("LabFrames.see() allocates nothing per event", () => {
  const EVENTS = 20_000;
  const { lab } = labOf();
  const books = [[999, 5, 1_001, 7], [1_000, 3, 1_001, 9], [999, 8, 1_002, 4]] as const;
  const shown = books.map(([bid, bidQty, ask, askQty]) =>
    new Levels().set(bid, bidQty, ask, askQty)
  );
  lab.open(0);
  let least = Infinity;
  // The optimising compiler gets time to catch up on a busy machine; a boxed double would be 12 bytes.
  for (let round = 0; round < 60 && least > 1; round++) {
    const before = Deno.memoryUsage().heapUsed;
    for (let i = 0; i < EVENTS; i++) lab.see(shown[i % shown.length]!);
    const grown = Deno.memoryUsage().heapUsed - before;
    // A collection in between makes the heap shrink and says nothing.
    if (grown >= 0) least = Math.min(least, grown / EVENTS);
  }
  ok(least <= 1, `${least} bytes per event`);
});
