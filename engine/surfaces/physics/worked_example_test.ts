import { equal, ok } from "node:assert/strict";
import { Band } from "../band.ts";
import { bootstrapBounds } from "../calibration/mod.ts";
import { BucketRadar, LevelSurfaces } from "./mod.ts";

const HALF_TICKS = 600;

function close(actual: number, expected: number, what: string): void {
  const bound = 1e-10 * Math.max(1, Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, not ${expected}`);
}

Deno.test("LevelSurfaces and BucketRadar give the worked example of a wall that is pulled", () => {
  const band = new Band(HALF_TICKS);
  const slot = HALF_TICKS + 1;
  const surfaces = new LevelSurfaces(band.slots);
  const bounds = bootstrapBounds();
  const window = (pullRest: number, add: number, end: number) => {
    band.moveTo(27_800);
    band.asks.hasRow[slot] = 1;
    band.asks.start[slot] = 120;
    band.asks.end[slot] = end;
    band.asks.add[slot] = add;
    band.asks.pullRest[slot] = pullRest;
    band.asks.rest[slot] = 80;
    return surfaces.close(band, bounds);
  };
  // So that pull_add_log was −0.2 one window before and had changed by 0.1
  window(Math.exp(-0.3) - 1, 0, 120);
  window(Math.exp(-0.2) - 1, 0, 120);
  const rows = window(20, 10, 96);
  const values = {
    pullAddLog: 0.6466271649,
    log1pPullIntensityRest: 0.1529693448,
    wallErosion: 24,
    log1pErosionNorm: 0.1809431968,
    d1PullAddLog: 0.8466271649,
    d2PullAddLog: 0.7466271649,
    vacuumScore: 0.5506988642,
    wallStrengthLog: 4.3944491547,
    physicsScore: 0.4860929326,
  };
  for (const [name, value] of Object.entries(values)) {
    close(rows[name as keyof typeof values][0]!, value, name);
  }
  const radar = new BucketRadar(HALF_TICKS).close(27_800, rows, bounds, {
    gexAbs: Float64Array.of(14_046.6),
    strikeRefTick: 27_800,
    stepTicks: 20,
  });
  equal(radar.count, 1);
  equal(radar.blockedLevel[0], 1);
  close(radar.gexStiffness[0]!, 0.014046586, "stiffness");
  close(radar.cavitation[0]!, 0.4086686011, "cavitation");
  close(radar.mobility[0]!, 0.7962457533, "mobility");
});
