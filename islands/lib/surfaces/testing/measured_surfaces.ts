import { STRIKE_TICKS } from "../cell_planes.ts";
import { LAYERS } from "../layers.ts";
import type { SurfaceStore } from "../surface_store.ts";
import type { SurfaceView } from "../surface_view.ts";
import type { SurfaceWindow } from "../surface_window.ts";
import { drawSurfaces, emptyWindow, putVelocity, storeOf } from "./drawn_surfaces.ts";

// Runs in the page of a bench.

/** Path of this file from the root of the project, for the page that imports it. */
export const MEASURED_SURFACES = "islands/lib/surfaces/testing/measured_surfaces.ts";

/** What drawing cost. */
export interface MeasuredFrames {
  /** Drawing with its pixels read back, ms. */
  readonly drawMs: readonly number[];
  /** Of these, frames with a new column. */
  readonly columnMs: readonly number[];
  /** Between two frames, ms. */
  readonly gapMs: readonly number[];
  /** Of the frame that paints every column, ms. */
  readonly wholeMs: number;
}

/** Cells that were looked at, and those that are not what the window holds there. */
export interface CheckedCells {
  readonly columns: number;
  readonly cells: number;
  readonly wrong: number;
}

const FIRST_S = 1_767_709_801;
/** Levels of a window with a value on each side: around what the synthetic market has. */
const HALF_LEVELS = 200;
/** Every so many ticks one builds and the next erodes. */
const STEP = 7;
/** A column is checked at so many heights. */
const CHECKED_ROWS = 60;
/** Gutter and profile beside the columns, px. */
const BESIDE_PX = 260;

/** Half an hour of a walking spot on a canvas that shows all of it. */
export class MeasuredSurfaces {
  readonly #spots: number[] = [];
  readonly #store: SurfaceStore;
  readonly #view: SurfaceView;
  readonly #wholeMs: number;
  #seed = 11;
  #spot = 27_800;

  constructor(windows: number, heightPx: number) {
    this.#store = storeOf(Array.from({ length: windows }, () => this.#window()));
    const began = performance.now();
    const size = [windows + BESIDE_PX, heightPx, 1] as const;
    this.#view = drawSurfaces(this.#store, LAYERS, size, (view) => view.zoom(-1, 0, 0, 0));
    this.#read();
    this.#wholeMs = performance.now() - began;
  }

  /** Draws every frame for so long: a column comes every second, as it does, and the crosshair moves. */
  async measure(ms: number): Promise<MeasuredFrames> {
    const [drawMs, gapMs, columnMs]: [number[], number[], number[]] = [[], [], []];
    const windows = this.#spots.length;
    const begin = performance.now();
    for (let last = begin; last - begin < ms;) {
      const now: number = await new Promise((resolve) => requestAnimationFrame(resolve));
      gapMs.push(now - last);
      last = now;
      const from = performance.now();
      const isNew = (from - begin) / 1_000 > this.#spots.length - windows;
      if (isNew) {
        this.#store.push(this.#window());
        this.#view.added(this.#store.last, this.#store.last);
      }
      this.#view.setPointer({ x: 300 + (now % 300), y: 300 });
      this.#view.draw();
      this.#read();
      const costMs = performance.now() - from;
      drawMs.push(costMs);
      if (isNew) columnMs.push(costMs);
    }
    return { drawMs, gapMs, columnMs, wholeMs: this.#wholeMs };
  }

  /** Looks at cells of every column of the last picture, with velocity alone in it. */
  check(): CheckedCells {
    const view = this.#view;
    view.setPointer(null);
    view.setLook({ layers: new Set(["velocity"]), assumption: "naive" });
    view.draw();
    const { dataWidth, plotHeight } = view.layout;
    const { right, columnPx, rowPx, top } = view.view;
    const [base] = view.layers;
    const { data } = base!.getContext("2d")!.getImageData(0, 0, dataWidth, plotHeight);
    let [columns, cells, wrong] = [0, 0, 0];
    for (let x = 0; x < dataWidth; x += columnPx) {
      const second = right - (dataWidth - columnPx - x) / columnPx;
      if (!this.#store.has(second)) continue;
      columns++;
      for (let i = 0; i < CHECKED_ROWS; i++) {
        const row = Math.floor((i / CHECKED_ROWS) * (plotHeight / rowPx));
        const at = 4 * ((row * rowPx + (rowPx >> 1)) * dataWidth + x);
        const wanted = this.#wanted(second, top - row);
        if (wanted === null) continue;
        cells++;
        if (signOf(data[at]!, data[at + 1]!) !== wanted) wrong++;
      }
    }
    return { columns, cells, wrong };
  }

  /** Waits for the pixels, which else are made after the frame. */
  #read(): void {
    for (const canvas of this.#view.layers) canvas.getContext("2d")!.getImageData(0, 0, 1, 1);
  }

  /** Sign of a cell; null where a line may lie over it: the spot's, which goes on to the next, or a strike's. */
  #wanted(second: number, tick: number): number | null {
    const near = [-1, 0, 1].map((i) => this.#spots[second - FIRST_S + i] ?? NaN);
    if (near.some((spot) => Math.abs(tick - spot) < 6) || tick % STRIKE_TICKS === 0) return null;
    if (Math.abs(tick - this.#spots[second - FIRST_S]!) > HALF_LEVELS) return 0;
    return tick % STEP === 0 ? 1 : tick % STEP === 1 ? -1 : 0;
  }

  #next(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  }

  #window(): SurfaceWindow {
    this.#spot += Math.floor(this.#next() * 5) - 2;
    const spot = this.#spot;
    const window = emptyWindow(FIRST_S + this.#spots.length, spot);
    this.#spots.push(spot);
    for (let tick = spot - HALF_LEVELS; tick <= spot + HALF_LEVELS; tick++) {
      putVelocity(window, tick, tick % STEP === 0 ? 3 : tick % STEP === 1 ? -3 : 0);
    }
    window.ladder.fill(this.#next());
    const zeroGamma = spot * 0.25 + 4;
    const facts = {
      ...window.facts,
      zeroGamma,
      zeroGammaLow: zeroGamma - 1,
      zeroGammaHigh: zeroGamma + 1,
    };
    return { ...window, facts };
  }
}

function signOf(red: number, green: number): number {
  if (Math.max(red, green) < 60) return 0;
  return green > red ? 1 : -1;
}
