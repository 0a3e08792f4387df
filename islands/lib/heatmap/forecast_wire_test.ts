import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { ForecastStage } from "../../../engine/signals/mod.ts";
import { forecastJson } from "../../../engine/frames/mod.ts";
import {
  aheadLabel,
  coneHorizons,
  coverageText,
  heldText,
  leanRecordText,
} from "./forecast_text.ts";
import { ForecastTrack } from "./forecast_track.ts";
import { readForecast } from "./forecast_wire.ts";
import { WireError } from "./wire_error.ts";

/** What the server sends before the first bin, as the page receives it. */
function sent(): Record<string, unknown> {
  const stage = new ForecastStage({
    tick_int: 1,
    cell_width_ms: 100,
    projection_horizons_ms: [400, 100],
  });
  return JSON.parse(JSON.stringify(forecastJson(stage.frame)));
}

Deno.test("readForecast() and ForecastTrack give back what a stage says", () => {
  const track = new ForecastTrack(4);
  const json = {
    ...sent(),
    lean: -0.25,
    lean_is_warm: true,
    half_50_ticks: [null, null, 1.5, 2.5],
    half_80_ticks: [null, null, 3, 5],
    scored: [0, 0, 12_400, 299],
    held_50: [0, 0, 6_324, 0],
    held_80: [0, 0, 9_796, 0],
    p_same: [0.98, 0.9, 0.3, 0.2],
    same_n: [9, 8, 7, 6],
    lean_n: [5, 4, 3, 2],
    lean_hits: [4, 3, 2, 1],
    lean_ups: [1, 1, 1, 1],
  };
  track.write(2, readForecast(json));
  const forecast = track.at(2)!;
  strictEqual(forecast.lean, -0.25);
  deepStrictEqual(forecast.horizons.map(({ ms }) => ms), [100, 400, 5_000, 10_000]);
  deepStrictEqual(forecast.horizons[2], {
    ms: 5_000,
    half50: 1.5,
    half80: 3,
    scored: 12_400,
    held50: 6_324,
    held80: 9_796,
    same: 0.3,
    sameOf: 7,
    leanOf: 3,
    leanHits: 2,
    leanUps: 1,
  });
  deepStrictEqual(coneHorizons(forecast).map(({ ms }) => ms), [5_000, 10_000]);
  deepStrictEqual([track.half80(2, 10_000), track.half80(2, 100)], [5, NaN]);
  const [five, ten] = coneHorizons(forecast);
  strictEqual(
    coverageText(five!),
    "80\u2009% in ±3.0 ticks, +5\u2009s: held 79\u2009% of 12\u2009400",
  );
  strictEqual(coverageText(ten!), "80\u2009% in ±5.0 ticks, +10\u2009s: warming up, 299 of 300");
  strictEqual(
    leanRecordText(forecast),
    "right in 75\u2009% of 4 moves within 400\u2009ms, base 75\u2009%",
  );
  strictEqual(heldText(0, 0), "warming up, 0 of 300");
  strictEqual(aheadLabel(400), "+400\u2009ms");
});

Deno.test("ForecastTrack has nothing where a stream says nothing, and no lean before it is warm", () => {
  const track = new ForecastTrack(4);
  strictEqual(track.at(0), null);
  track.write(0, readForecast(sent()));
  strictEqual(track.at(0)?.lean, null);
  strictEqual(leanRecordText(track.at(0)!), null);
  track.write(0, readForecast(undefined));
  strictEqual(track.at(0), null);
  strictEqual(track.half80(0, 5_000), NaN);
});

Deno.test("readForecast() names the field that breaks the contract", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["horizon_ms", 5],
    ["sigma_ticks", null],
    ["lean", "up"],
    ["half_80_ticks", [1, 2]],
    ["half_50_ticks", [null, null, "1", null]],
    ["scored", [0, 0, null, 0]],
  ];
  for (const [field, value] of cases) {
    throws(() => readForecast({ ...sent(), [field]: value }), (error) => {
      return error instanceof WireError && error.field === field;
    }, field);
  }
  throws(() => readForecast("soon"), WireError);
});
