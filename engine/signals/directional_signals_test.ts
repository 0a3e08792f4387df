import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { SlidingQuantiles, SlidingSlope } from "../stats/mod.ts";
import { DirectionalSignals } from "./directional_signals.ts";
import type { SignalRows } from "./signal_rows.ts";

/** k, v_add, v_fill, v_pull, vacuum_variant. */
type Row = [number, number, number, number, number];

interface Golden {
  readonly cases: {
    readonly name: string;
    readonly cell_width_ms: number;
    readonly bins: Row[][];
    readonly expect: number[][];
  }[];
  readonly ols_slope: { window: number; y: number[]; expect: (number | null)[] }[];
  readonly robust_z: { window: number; min_periods: number; x: number[]; expect: number[] }[];
}

const FIXTURE = new URL("../../fixtures/vacuum-pressure/signal-cases.json.gz", import.meta.url);
const golden = JSON.parse(gunzipSync(Deno.readFileSync(FIXTURE)).toString()) as Golden;

for (const { name, cell_width_ms: cellWidthMs, bins, expect } of golden.cases) {
  Deno.test(`DirectionalSignals.update() gives the golden signals of ${name}`, () => {
    const signals = new DirectionalSignals(cellWidthMs);
    // The second pass runs on a reset instance and must not remember the first.
    for (let pass = 0; pass < 2; pass++) {
      bins.forEach((rows, bin) => {
        const { composite, ads, pfp, svac, warmup } = signals.update(columns(rows));
        [composite, ads, pfp, svac, warmup].forEach((value, i) => {
          near(value, expect[bin]![i]!, `pass ${pass}, bin ${bin}, column ${i}`);
        });
      });
      signals.reset();
      deepStrictEqual(signals.values, { ads: 0, pfp: 0, svac: 0, composite: 0, warmup: 0 });
    }
  });
}

Deno.test("SlidingSlope gives the golden slopes", () => {
  for (const { window, y, expect } of golden.ols_slope) {
    const slope = new SlidingSlope(window);
    y.forEach((value, i) => {
      const actual = slope.push(value);
      if (expect[i] === null) strictEqual(actual, NaN);
      else near(actual, expect[i]!, `window ${window}, value ${i}`);
    });
  }
  throws(() => new SlidingSlope(1), RangeError);
});

Deno.test("SlidingQuantiles.robustZ() gives the golden z-scores", () => {
  for (const { window, min_periods: least, x, expect } of golden.robust_z) {
    const history = new SlidingQuantiles(window);
    x.forEach((value, i) => {
      history.push(value);
      const z = history.count < least ? 0 : history.robustZ(value, 1e-12);
      near(z, expect[i]!, `window ${window}, value ${i}`);
    });
  }
});

Deno.test("DirectionalSignals on a half-tick axis answers a mirrored book with the opposite", () => {
  const level = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 });
  const bin = fc.array(level, { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(bin, { minLength: 4, maxLength: 8, size: "max" }), (bins) => {
      const seen = new DirectionalSignals(1000);
      const mirrored = new DirectionalSignals(1000);
      for (let repeat = 0; repeat < 6; repeat++) {
        for (const levels of bins) {
          // Rows −30..29; with the mid half a tick below k = 0, row k mirrors row −1 − k.
          const rows = levels.map((row, i): Row => [i - 30, ...row] as Row);
          const turned = rows.map(([k, ...row]): Row => [-1 - k, ...row] as Row).reverse();
          const a = seen.update({ ...columns(rows), spotHalfTick: true });
          const b = mirrored.update({ ...columns(turned), spotHalfTick: true });
          near(a.ads, -b.ads, "ads");
          near(a.pfp, -b.pfp, "pfp");
          near(a.svac, -b.svac, "svac");
          near(a.composite, -b.composite, "composite");
        }
      }
    }),
    { seed: 20_260_105, numRuns: 20 },
  );
});

Deno.test("DirectionalSignals on a half-tick axis leaves the unpaired top row out", () => {
  const full = new DirectionalSignals(100);
  const cut = new DirectionalSignals(100);
  const row = (k: number): Row => [k, 3 + k * k, 1, 2, 4 + (k + 5) % 3];
  const ks = [-3, -2, -1, 0, 1, 2, 3];
  for (let bin = 0; bin < 10; bin++) {
    const a = full.update({ ...columns(ks.map(row)), spotHalfTick: true });
    const b = cut.update({ ...columns(ks.slice(0, -1).map(row)), spotHalfTick: true });
    deepStrictEqual({ ...a }, { ...b });
  }
});

Deno.test("DirectionalSignals() refuses a bin width that is not finite and positive", () => {
  for (const bad of [0, -100, NaN, Infinity]) {
    throws(() => new DirectionalSignals(bad), RangeError);
  }
});

function columns(rows: readonly Row[]): SignalRows {
  return {
    k: Int32Array.from(rows, (r) => r[0]),
    vAdd: Float64Array.from(rows, (r) => r[1]),
    vFill: Float64Array.from(rows, (r) => r[2]),
    vPull: Float64Array.from(rows, (r) => r[3]),
    vacuum: Float64Array.from(rows, (r) => r[4]),
    spotHalfTick: false,
  };
}

/** Within 1e-9, relative or absolute, the bound that the project sets for these signals. */
function near(actual: number, expected: number, where: string): void {
  const bound = 1e-9 * Math.max(1, Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${where}: ${actual} is not near ${expected}`);
}
