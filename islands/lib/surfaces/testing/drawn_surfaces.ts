import { readTheme } from "../../canvas/theme.ts";
import type { SurfaceLook } from "../cell_painter.ts";
import { CELLS, FACTS, HALF_TICKS, LADDER_VALUES, PLANE } from "../cell_planes.ts";
import { SurfaceStore } from "../surface_store.ts";
import { SurfaceView } from "../surface_view.ts";
import { ALL_OPTIONAL, type SurfaceWindow } from "../surface_window.ts";

// Runs in the page of a drawing test, which brings the script and looks at the pixels.

/** Path of this file from the root of the project, for the page that imports it. */
export const DRAWN_SURFACES = "islands/lib/surfaces/testing/drawn_surfaces.ts";

/** A window without rows, to be given some. */
export function emptyWindow(endS: number, spotTick: number): SurfaceWindow {
  const facts = Object.fromEntries(FACTS.map((name) => [name, NaN])) as SurfaceWindow["facts"];
  return {
    endS,
    tickInt: 250_000_000,
    spotTick,
    strikeTick: Math.floor((spotTick + 10) / 20) * 20,
    isBookValid: true,
    quality: 0,
    hasOptions: true,
    loaded: ALL_OPTIONAL,
    cells: new Float32Array(CELLS).fill(NaN),
    ladder: new Float64Array(LADDER_VALUES).fill(NaN),
    facts,
    chain: null,
  };
}

/** Puts a velocity at an absolute tick of a window. */
export function putVelocity({ cells, spotTick }: SurfaceWindow, tick: number, value: number): void {
  cells[PLANE.VELOCITY + tick - spotTick + HALF_TICKS] = value;
}

/** A store with these windows, pushed in their order. */
export function storeOf(windows: readonly SurfaceWindow[]): SurfaceStore {
  const store = new SurfaceStore();
  for (const window of windows) store.push(window);
  return store;
}

/** Draws a store on `#canvas` and a new `#overlay`. */
export function drawSurfaces(
  store: SurfaceStore,
  layers: readonly string[],
  [width, height, dpr]: readonly [number, number, number],
  prepare: (view: SurfaceView) => void = () => {},
): SurfaceView {
  document.querySelector("#overlay")?.remove();
  const overlay = document.body.appendChild(document.createElement("canvas"));
  overlay.id = "overlay";
  const base = document.querySelector<HTMLCanvasElement>("#canvas")!;
  const look = { layers: new Set(layers), assumption: "naive" } as SurfaceLook;
  const view = new SurfaceView({ base, overlay, theme: readTheme() }, store, look);
  view.resize(width, height, dpr);
  prepare(view);
  view.draw();
  return view;
}
