import { wallName } from "./scope_snapshot.ts";
import type { MediumScopeView } from "./scope_view.ts";

const DECIMALS = 4;

/** What a scope shows, as the `data-` attributes of its root: for tests and for other programs. */
export function scopeFacts(scope: MediumScopeView): Readonly<Record<string, string>> {
  const { snapshot, view, geometry, crosshair, reading, selected } = scope;
  const { bandA, bandB, bandC } = geometry;
  const list = (values: readonly number[]) => values.map((v) => v.toFixed(DECIMALS)).join(",");
  return {
    tick: `${snapshot.tick ?? ""}`,
    zoom: `${view.zoom}`,
    xvis: `${geometry.xVis}`,
    spot: `${snapshot.spot}`,
    v: `${snapshot.v}`,
    a: `${snapshot.a}`,
    forecast: list(snapshot.forecast.map(({ x }) => x)),
    bands: list(snapshot.forecast.flatMap(({ lo, hi }) => [lo, hi])),
    resolvedOrigin: snapshot.origin ?? "",
    errors: list(geometry.errors.map(({ err }) => err)),
    walls: snapshot.walls.map((wall) => [wallName(wall), wall.center, wall.S, wall.sigma].join(":"))
      .join(";"),
    theta: list(Array.from(snapshot.theta)),
    crosshairX: crosshair === null ? "" : `${crosshair}`,
    crosshairValues: reading === null
      ? ""
      : [reading.U, reading.O, reading.C, reading.G, reading.force].join(","),
    gateHl: selected === null ? "" : wallName(selected),
    bandsPx: [bandA, bandB, bandC].flatMap(([, top, , tall]) => [top, tall]).join(","),
    frameSeq: `${scope.frameSeq}`,
    listHash: scope.listHash,
    gpuTier: "T0",
    paintMsP95: scope.stats.summary().drawP95.toFixed(1),
    reducedMotion: `${scope.isStill}`,
  };
}
