import { ok, strictEqual } from "node:assert/strict";
import { readGolden } from "../../../jobs/testing/vectors/golden_file.ts";
import { SCOPE } from "../../../jobs/testing/vectors/particle/scope_suite.ts";
import { Tally } from "../../../jobs/testing/vectors/tally.ts";
import { aheadText } from "./scope_ladders.ts";
import { scopeGeometry } from "./scope_geometry.ts";
import { drawnSnapshot } from "./testing/drawn_scope.ts";

const GOLDEN = `${import.meta.dirname}/../../../fixtures/particle/scope_geometry.json`;
const DESK = { w: 1_120, h: 630, zoom: 8 };

Deno.test("scopeGeometry() lays everything where the golden numbers have it", () => {
  const tally = new Tally();
  SCOPE.check(readGolden(GOLDEN), tally);
  strictEqual(tally.misses, 0, tally.told.join("\n"));
  ok(tally.checks > 1_600);
});

Deno.test("scopeGeometry() widens the view by zoom alone, and keeps the spot in its middle", () => {
  const calm = drawnSnapshot();
  const wild = {
    ...calm,
    v: 500,
    forecast: calm.forecast.map(({ x }) => ({ x: 300 * x, lo: -900, hi: 900 })),
  };
  for (const zoom of [1, 2 ** 0.25, 8, 64]) {
    const [a, b] = [calm, wild].map((snapshot) => scopeGeometry(snapshot, { ...DESK, zoom }));
    strictEqual(a!.xVis, (calm.N * calm.dx) / zoom);
    strictEqual(b!.xVis, a!.xVis);
    strictEqual(b!.probe.x, 56 + (1_120 - 128) / 2);
  }
});

Deno.test("scopeGeometry() puts a forecast beyond the view at its edge and cuts its band there", () => {
  const calm = drawnSnapshot();
  const forecast = [{ x: 70, lo: 60, hi: 80 }, { x: -70, lo: -80, hi: 0 }];
  const { ladder } = scopeGeometry({ ...calm, forecast }, DESK);
  strictEqual(
    JSON.stringify(ladder.map(({ off, x, band }) => [off, x, ...band])),
    "[[1,1042,1048,1048],[-1,62,56,552]]",
  );
});

Deno.test("scopeGeometry() lets the terrain's scale grow at once and shrink by 2 % a tick", () => {
  const calm = drawnSnapshot();
  const { scale } = scopeGeometry(calm, DESK);
  strictEqual(scopeGeometry({ ...calm, scaleBefore: 10 * scale }, DESK).scale, 0.98 * (10 * scale));
  strictEqual(scopeGeometry({ ...calm, scaleBefore: scale }, DESK).scale, scale);
});

Deno.test("aheadText() has the decimals that a step needs, at least one", () => {
  strictEqual([0.5, 1, 0.25, 0.1 + 0.2].map(aheadText).join(" "), "+0.5s +1.0s +0.25s +0.3s");
});
