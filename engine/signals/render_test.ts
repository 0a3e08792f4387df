import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { dataWidth } from "./axis.ts";
import {
  bandAlphas,
  bandBottom,
  bandCentre,
  bandIsDrawable,
  bandTop,
  writeBandHistory,
} from "./bands.ts";
import { bandHorizons } from "./horizons.ts";
import { panelSums, percentText, readPanel, signedText } from "./panel.ts";
import { sampleTrail } from "./trail.ts";

interface Golden {
  readonly inputs: {
    readonly horizons: { bins: number[]; cell: number }[];
    readonly trail: { trail: (number | null)[]; at: number[] }[];
    readonly width: number[];
    readonly panel: [number, number, number, number][][];
    readonly bands: {
      bins: number[];
      cell: number;
      composite: number;
      spot_row: number;
      warmup: number;
    }[];
  };
  readonly expect: {
    readonly horizons: unknown[];
    readonly trail: { values: (number | null)[] }[];
    readonly width: number[];
    readonly panel: Record<string, unknown>[];
    readonly bands: Record<string, number>[][];
  };
}

const FIXTURE = new URL("../../fixtures/vacuum-pressure/render-cases.json", import.meta.url);
const { inputs, expect } = JSON.parse(Deno.readTextFileSync(FIXTURE)) as Golden;

Deno.test("bandHorizons() gives the golden horizons", () => {
  inputs.horizons.forEach(({ bins, cell }, i) => {
    deepStrictEqual(bandHorizons(bins, cell), expect.horizons[i]);
  });
  deepStrictEqual(bandHorizons([0, -2, 0.4, NaN, Infinity], 100), []);
});

Deno.test("sampleTrail() gives the golden samples", () => {
  inputs.trail.forEach(({ trail, at }, i) => {
    const values = trail.map((value) => value ?? NaN);
    const sampled = at.map((x) => sampleTrail(values, x));
    deepStrictEqual(sampled.map((x) => Number.isNaN(x) ? null : x), expect.trail[i]!.values);
  });
  strictEqual(sampleTrail([], 0), NaN);
  strictEqual(sampleTrail([1], NaN), NaN);
});

Deno.test("dataWidth() gives the golden widths", () => {
  deepStrictEqual(inputs.width.map(dataWidth), expect.width);
});

Deno.test("readPanel() gives the golden texts and sums", () => {
  inputs.panel.forEach((rows, i) => {
    const panel = readPanel(panelSums(panelRows(rows, false)));
    const { sums } = panel;
    const golden = expect.panel[i]!;
    // The golden sum pairs its four terms differently, which may show in the last bits.
    const { netPressure, ...aggregates } = golden.aggregates as Record<string, number>;
    ok(Math.abs(panel.net - netPressure!) <= 1e-12);
    deepStrictEqual({
      aggregates: {
        pressureAbove: sums.pressureAbove,
        pressureBelow: sums.pressureBelow,
        vacuumAbove: sums.vacuumAbove,
        vacuumBelow: sums.vacuumBelow,
        totalRestDepthAbove: sums.depthAbove,
        totalRestDepthBelow: sums.depthBelow,
      },
      state: panel.state,
      conviction: percentText(panel.conviction),
      long: panel.long,
      short: panel.short,
      risk: panel.risk,
      net_edge: signedText(panel.net),
      bull_edge: signedText(panel.bull),
      bear_edge: signedText(panel.bear),
      marker_left: `${panel.marker * 100}%`,
      depth_tilt: signedText(panel.depthTilt),
      rest_depth: signedText(panel.depthTotal),
      force_total: signedText(panel.total),
      model: "NOT ENABLED",
    }, { ...golden, aggregates });
  });
});

Deno.test("panelSums() on a half-tick axis counts the ask at k = 0 and drops the unpaired row", () => {
  const rows: [number, number, number, number][] = [[-1, 1, 2, 3], [0, 10, 20, 30], [1, 5, 5, 5]];
  deepStrictEqual(panelSums(panelRows(rows, true)), {
    pressureAbove: 10,
    pressureBelow: 1,
    vacuumAbove: 20,
    vacuumBelow: 2,
    depthAbove: 30,
    depthBelow: 3,
  });
});

Deno.test("bandCentre() and bandAlphas() give the golden bands", () => {
  inputs.bands.forEach(({ bins, cell, composite, spot_row: spotRow, warmup }, i) => {
    bandHorizons(bins, cell).forEach((horizon, h) => {
      const centre = bandCentre(horizon, spotRow, composite);
      const alphas = bandAlphas(horizon, warmup);
      const actual: Record<string, number> = {
        ms: horizon.ms,
        center_row: centre,
        top_row: bandTop(centre),
        bottom_row: bandBottom(centre),
        forward_fill_alpha: alphas.forwardFill,
        forward_edge_alpha: alphas.forwardEdge,
        forward_center_alpha: alphas.forwardCentre,
        history_fill_alpha: alphas.historyFill,
        history_edge_alpha: alphas.historyEdge,
      };
      const golden = expect.bands[i]![h]!;
      deepStrictEqual(Object.keys(actual).sort(), Object.keys(golden).sort());
      for (const [name, value] of Object.entries(golden)) {
        ok(Math.abs(actual[name]! - value) <= 1e-12, `${name}: ${actual[name]} is not ${value}`);
      }
    });
  });
});

Deno.test("writeBandHistory() shifts by the horizon and leaves gaps where an input is missing", () => {
  const horizon = bandHorizons([2], 100)[0]!;
  const out = new Float64Array(7);
  const spotRows = [10, 11, NaN, 13, 14, 15, 16];
  const composites = [0, 0.5, 0, 0, 0.1, 0, 0];
  const warmups = [1, 1, 1, 0, 1, 1, 1];
  strictEqual(writeBandHistory(horizon, spotRows, composites, warmups, 100, out), 3);
  // Spread of two bins is 10 rows, times a gain of 8.
  deepStrictEqual(Array.from(out), [NaN, NaN, 10, 11 - 40, NaN, NaN, 14 - 8]);
  // A lag of one and a half columns reads between two of them.
  const between = { ...horizon, ms: 150 };
  strictEqual(writeBandHistory(between, spotRows, composites, warmups, 100, out), 3);
  strictEqual(out[2], 10.5 - 8 * 0.25 * 10);
  throws(() => writeBandHistory(horizon, [1], composites, warmups, 100, out), RangeError);
});

Deno.test("bandIsDrawable() asks for a spot, a blend and a warm signal", () => {
  strictEqual(bandIsDrawable(5, 0, 1 / 3), true);
  for (const [spot, blend, warmup] of [[NaN, 0, 1], [5, NaN, 1], [5, 0, 0], [5, 0, NaN]] as const) {
    strictEqual(bandIsDrawable(spot, blend, warmup), false);
  }
});

function panelRows(rows: readonly [number, number, number, number][], spotHalfTick: boolean) {
  return {
    k: Int32Array.from(rows, (r) => r[0]),
    pressure: Float64Array.from(rows, (r) => r[1]),
    vacuum: Float64Array.from(rows, (r) => r[2]),
    restDepth: Float64Array.from(rows, (r) => r[3]),
    spotHalfTick,
  };
}
