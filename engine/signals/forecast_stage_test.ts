import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { FORECAST } from "../frames/contract.ts";
import { forecastJson, type GridFrame } from "../frames/mod.ts";
import { ForecastStage } from "./forecast_stage.ts";
import { MoveRecord } from "./move_record.ts";

const TICK = 250_000_000;
const INSTRUMENT = {
  tick_int: TICK,
  cell_width_ms: 100,
  projection_horizons_ms: [100, 200, 400],
};
const RADIUS = 24;
const ROWS = 2 * RADIUS + 1;

/** What a test says of a bin. */
interface Bin {
  readonly bidTick: number;
  readonly spreadTicks: number;
  readonly valid: boolean;
  /** Bins that are missing before it. */
  readonly skip: number;
  /** Seeds its rows. */
  readonly flow: number;
  /** Orders in it, 1 when not said. */
  readonly events?: number;
}

const anyBin: fc.Arbitrary<Bin> = fc.record({
  bidTick: fc.integer({ min: 1_000, max: 1_003 }),
  spreadTicks: fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: -1, max: 3 }) },
  ),
  valid: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, {
    weight: 1,
    arbitrary: fc.constant(false),
  }),
  skip: fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 30 }),
  }),
  flow: fc.nat(9),
});
const anyBins = fc.array(anyBin, { minLength: 120, maxLength: 300, size: "max" });
const quiet: Bin = { bidTick: 1_000, spreadTicks: 1, valid: true, skip: 0, flow: 0 };

/** Fills one frame again and again, as a pipeline does. */
function filler() {
  const column = () => new Float64Array(ROWS);
  const frame: GridFrame = {
    binStartNs: 0,
    binEndNs: 0,
    baseNs: 0n,
    binSeq: -1,
    binEventCount: 0,
    eventId: 0,
    midPrice: 0,
    spotRefPriceInt: 0,
    bestBidPriceInt: 0,
    bestAskPriceInt: 0,
    bookValid: true,
    spotHalfTick: true,
    k: Int32Array.from({ length: ROWS }, (_, row) => row - RADIUS),
    engine: Array.from({ length: 18 }, column),
    score: column(),
    state: new Int8Array(ROWS),
    lastEventId: column(),
    projections: [],
  };
  return ({ bidTick, spreadTicks, valid, skip, flow, events = 1 }: Bin): GridFrame => {
    frame.binStartNs = frame.binEndNs + skip * 1e8;
    frame.binEndNs = frame.binStartNs + 1e8;
    frame.binSeq += 1 + skip;
    frame.binEventCount = events;
    frame.bestBidPriceInt = bidTick * TICK;
    frame.bestAskPriceInt = (bidTick + spreadTicks) * TICK;
    frame.spotRefPriceInt = (bidTick + 1) * TICK;
    frame.bookValid = valid;
    frame.engine.forEach((values, c) =>
      values.forEach((_, row) => values[row] = (row * (c + 3) * (flow + 1)) % 17)
    );
    return frame;
  };
}

/** The forecasts at the ends of some bins. */
function forecasts(bins: readonly Bin[], stage = new ForecastStage(INSTRUMENT)) {
  const fill = filler();
  return bins.map((bin) => {
    stage.take(fill(bin));
    return forecastJson(stage.frame);
  });
}

const listOf = (json: ReturnType<typeof forecastJson>, name: string) =>
  json[name] as readonly (number | null)[];

Deno.test("ForecastStage has a cone at 5 and 10 s only, and probabilities at every horizon", () => {
  const last = forecasts(Array.from({ length: 31 }, () => quiet)).at(-1)!;
  deepStrictEqual(listOf(last, "horizon_ms"), [100, 200, 400, 5_000, 10_000]);
  deepStrictEqual(listOf(last, "half_80_ticks").map((half) => half === null), [
    true,
    true,
    true,
    false,
    false,
  ]);
  deepStrictEqual(listOf(last, "same_n"), [30, 29, 27, 0, 0]);
});

Deno.test("ForecastStage scores an interval when its horizon is over, not a bin before", () => {
  // Samples are the bins 0, 10, 20, …; the first interval is drawn at the second of them.
  const scored = forecasts(Array.from({ length: 81 }, () => quiet))
    .map((json) => listOf(json, "scored")[3]);
  strictEqual(scored[59], 0);
  strictEqual(scored[60], 1);
  strictEqual(scored[69], 1);
  strictEqual(scored[70], 2);
});

Deno.test("ForecastStage says the same of a bin whatever comes after it", () => {
  fc.assert(
    fc.property(anyBins, anyBins, fc.nat(110), (one, other, cut) => {
      const head = one.slice(0, cut);
      const before = forecasts([...head, ...other]).slice(0, head.length);
      deepStrictEqual(before, forecasts(one).slice(0, head.length));
    }),
    { seed: 20_261_129, numRuns: 25 },
  );
});

Deno.test("ForecastStage.restore() goes on bit by bit from any bin", () => {
  fc.assert(
    fc.property(anyBins, fc.nat(119), (bins, cut) => {
      const straight = new ForecastStage(INSTRUMENT);
      const resumed = new ForecastStage(INSTRUMENT);
      const [fill, fillAgain] = [filler(), filler()];
      bins.forEach((bin, i) => {
        straight.take(fill(bin));
        const again = fillAgain(bin);
        if (i < cut) return;
        if (i === cut) resumed.restore(structuredClone(straight.save()));
        else resumed.take(again);
        deepStrictEqual(forecastJson(resumed.frame), forecastJson(straight.frame));
      });
      strictEqual(resumed.hash(), straight.hash());
    }),
    { seed: 20_261_129, numRuns: 25 },
  );
});

Deno.test("ForecastStage.hash() tells runs apart", () => {
  const hashOf = (bins: readonly Bin[]) => {
    const stage = new ForecastStage(INSTRUMENT);
    forecasts(bins, stage);
    return stage.hash();
  };
  const bins = Array.from({ length: 40 }, () => quiet);
  strictEqual(hashOf(bins), hashOf(bins));
  ok(hashOf(bins) !== hashOf([...bins.slice(1), { ...quiet, bidTick: 1_001 }]));
});

Deno.test("ForecastStage lets nothing span a hole", () => {
  const calm = Array.from({ length: 200 }, () => quiet);
  for (
    const hole of [{ ...quiet, valid: false }, { ...quiet, spreadTicks: 0 }, { ...quiet, skip: 7 }]
  ) {
    // After the hole the market stands 900 ticks higher.
    const high = { ...quiet, bidTick: 1_900 };
    const bins = [...calm, hole, ...calm.map(() => high)];
    if (hole.skip > 0) bins[200] = { ...high, skip: 7 };
    const said = forecasts(bins);
    const last = said.at(-1)!;
    strictEqual(last["sigma_ticks"], 0.05, "no move of 900 ticks");
    const scored = listOf(last, "scored");
    deepStrictEqual(listOf(last, "held_80"), scored, "no outcome 900 ticks away");
    ok(listOf(last, "p_same").slice(0, 3).every((p) => p !== null && p > 0.99), "and no change");
  }
});

Deno.test("ForecastStage counts nothing in a market that saw no order for a minute", () => {
  const open = Array.from({ length: 100 }, () => quiet);
  const closed = Array.from({ length: 1_000 }, () => ({ ...quiet, events: 0 }));
  const said = forecasts([...open, ...closed, ...open]);
  const scored = (bin: number) => listOf(said[bin]!, "scored")[3];
  ok(scored(699)! > scored(99)!, "a minute may pass");
  strictEqual(scored(1_099), scored(700), "then it is closed");
  strictEqual(listOf(said[1_099]!, "half_80_ticks")[3], null, "and has no cone");
  ok(listOf(said.at(-1)!, "half_80_ticks")[3] !== null, "until an order comes");
});

Deno.test("ForecastStage without a second in its bins has no cone", () => {
  const stage = new ForecastStage({ ...INSTRUMENT, cell_width_ms: 300 });
  deepStrictEqual([...stage.frame.columns[FORECAST.HORIZON_MS]!], [100, 200, 400]);
});

Deno.test("MoveRecord counts what became of the mid, worked out by hand", () => {
  const record = new MoveRecord(2);
  strictEqual(record.same, 0.5, "nothing is known");
  // Origins and outcomes: 5 → 5 stays, 5 → 6 up as called, 5 → 4 down against the call, 6 → 6 stays.
  const calls = [0, 1, 1, -1, 0, 0] as const;
  [5, 5, 5, 6, 4, 6].forEach((mid, i) => record.add(mid, calls[i]!));
  deepStrictEqual([record.outcomes, record.called, record.hits, record.ups], [4, 2, 1, 1]);
  const keep = 2 ** (-1 / 3_000);
  const weight = 1 + keep + keep ** 2 + keep ** 3;
  ok(Math.abs(record.same - (1 + keep ** 3 + 1) / (weight + 2)) < 1e-12);
});

Deno.test("MoveRecord equals counting all outcomes anew, over any market with holes", () => {
  const step = fc.record({
    mid: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 2 }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    ),
    call: fc.constantFrom(-1, 0, 1),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.integer({ min: 1, max: 5 }),
      (steps, bins) => {
        const record = new MoveRecord(bins);
        for (const { mid, call } of steps) {
          if (Number.isNaN(mid)) record.drop();
          else record.add(mid, call);
        }
        const outcomes = steps.flatMap(({ mid, call }, origin) => {
          const path = steps.slice(origin, origin + bins + 1);
          const isWhole = path.length === bins + 1 && path.every((own) => !Number.isNaN(own.mid));
          return isWhole ? [{ move: path[bins]!.mid - mid, call }] : [];
        });
        const called = outcomes.filter(({ move, call }) => move !== 0 && call !== 0);
        strictEqual(record.outcomes, outcomes.length);
        strictEqual(record.called, called.length);
        strictEqual(
          record.hits,
          called.filter(({ move, call }) => Math.sign(move) === call).length,
        );
        strictEqual(record.ups, called.filter(({ move }) => move > 0).length);
        const weightOf = (i: number) => 2 ** ((i + 1 - outcomes.length) / 3_000);
        const all = outcomes.reduce((sum, _, i) => sum + weightOf(i), 0);
        const same = outcomes.reduce((sum, { move }, i) => move === 0 ? sum + weightOf(i) : sum, 0);
        ok(Math.abs(record.same - (same + 1) / (all + 2)) < 1e-12);
      },
    ),
    { seed: 20_261_129, numRuns: 300 },
  );
});

Deno.test("MoveRecord finds nothing in calls that know nothing", () => {
  const record = new MoveRecord(3);
  let state = 5;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let mid = 0;
  for (let i = 0; i < 60_000; i++) {
    if (next() < 0.2) mid += next() < 0.5 ? 0.5 : -0.5;
    record.add(mid, next() < 0.5 ? 1 : -1);
  }
  ok(Math.abs(record.hits / record.called - 0.5) < 0.01, `${record.hits} of ${record.called}`);
  // Stays with no move in three bins, or one up and one down.
  const expected = 0.8 ** 3 + 6 * 0.1 * 0.1 * 0.8;
  ok(Math.abs(record.same - expected) < 0.03, `${record.same} is not ${expected}`);
});
