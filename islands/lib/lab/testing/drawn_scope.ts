import { wallsToO } from "../../../../engine/particle/fields/mod.ts";
import { SCOPE_LAYERS } from "../ops.ts";
import type { ScopeSnapshot, ScopeView } from "../scope_snapshot.ts";
import { MediumScopeView } from "../scope_view.ts";

// Runs in the page of a drawing test, which brings the script and looks at the pixels.

/** Path of this file from the root of the project, for the page that imports it. */
export const DRAWN_SCOPE = "islands/lib/lab/testing/drawn_scope.ts";

const [N, DX, SPOT] = [200, 2, 20_000.5];
const WALLS = [
  { id: 3, kind: "book", center: SPOT + 24, sigma: 4, S: 5.5, S10: 7 },
  { id: 3, kind: "gex", center: SPOT - 31, sigma: 6, S: 3.2 },
] as const;

function nodal(value: (x: number) => number): Float64Array {
  return Float64Array.from({ length: 2 * N + 1 }, (_, i) => value((i - N) * DX));
}

/** A medium with an attractor below the spot, two walls, and a current that turns. */
export function drawnSnapshot(): ScopeSnapshot {
  const bump = (x: number, at: number, width: number) => Math.exp(-0.5 * ((x - at) / width) ** 2);
  return {
    tick: 3_535_419_200,
    N,
    dx: DX,
    dt: 0.5,
    spot: SPOT,
    theta: [0.8, 0.4, 0.5, 0.9, 0.05, 0.1, 0.2],
    U: nodal((x) => 2 * bump(x, 40, 20) - 3 * bump(x, -12, 9) + 0.4 * Math.sin(x / 17)),
    O: wallsToO({ N, dx: DX }, SPOT, WALLS),
    C: nodal((x) => 2.5 * Math.sin(x / 11)),
    G: nodal((x) => 0.6 + 0.9 * bump(x, 0, 14)),
    walls: WALLS,
    Smax: 10,
    v: 3.2,
    v0: 1.4,
    a: -5.1,
    forecast: [0.83, 1.66, 2.49, 3.32].map((x, i) => ({ x, lo: x - 2 - i, hi: x + 2 + 1.2 * i })),
    resolved: [
      { h: 1, pred: 0.61, act: 0.5, rms: 1.21 },
      { h: 2, pred: 1.22, act: -1.5, rms: 1.84 },
      { h: 3, pred: 1.83, act: 7.5, rms: 2.2 },
      { h: 4, pred: 2.44, act: -60.5, rms: 2.61 },
    ],
    origin: "14:03:21.500",
  };
}

/** Draws a snapshot on four canvases, one over the other, and all of them on `#canvas`. */
export function drawScope(snapshot: ScopeSnapshot, { w, h, zoom }: ScopeView, dpr = 1) {
  const layers = SCOPE_LAYERS.map(() => document.createElement("canvas"));
  const view = new MediumScopeView(layers, snapshot);
  view.resize(w, h, dpr);
  view.zoomTo(zoom);
  view.draw(0);
  flatten(layers);
  return { view, layers };
}

/** Draws canvases one over the other on `#canvas`. */
export function flatten(layers: readonly HTMLCanvasElement[]): void {
  const canvas = document.querySelector<HTMLCanvasElement>("#canvas")!;
  canvas.width = layers[0]!.width;
  canvas.height = layers[0]!.height;
  for (const layer of layers) canvas.getContext("2d")!.drawImage(layer, 0, 0);
}
