import { openDrawingPage } from "../testing/drawing_page.ts";
import { hasChromium, withPage } from "./browser.ts";
import type { BenchRow } from "./row.ts";

const WINDOWS = 1_800;
const FRAMES_MS = 12_000;
const HEIGHT = 900;
/** Runs in the page. */
const MEASURED = "islands/lib/surfaces/testing/measured_surfaces.ts";

/** What drawing half an hour of surfaces costs a frame, and whether every cell is at its tick afterwards. */
export async function surfaceFrameRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const { frames, checked } = await withPage(async (page) => {
    await openDrawingPage(page, [MEASURED]);
    return await page.evaluate(measure, { windows: WINDOWS, height: HEIGHT, ms: FRAMES_MS });
  });
  const { columns, cells, wrong } = checked;
  if (wrong > 0 || columns < WINDOWS) {
    throw new Error(`Cannot measure: ${wrong} of ${cells} cells are off, ${columns} columns`);
  }
  const at = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
  const { drawMs, gapMs, columnMs, wholeMs } = frames;
  return [{
    name: "surfaces-frame",
    what: `drawing a frame with ${columns} columns of surfaces, all layers, p95`,
    unit: "ms",
    measured: at(drawMs, 0.95),
    baseline: { what: "painting every column anew", value: wholeMs },
    reach: { bound: "at most", value: 12 },
    note: `${drawMs.length} drawn frames, a new column every second (those frames: median ` +
      `${at(columnMs, 0.5).toFixed(1)} ms) and a moving crosshair, p50 ${
        at(drawMs, 0.5).toFixed(1)
      } ms with the pixels read back; gap between frames p95 ` +
      `${at(gapMs, 0.95).toFixed(1)} ms, drawn without a GPU; 0 of ${cells} cells off after half ` +
      `an hour of moving spot`,
  }];
}

async function measure(
  { windows, height, ms }: {
    readonly windows: number;
    readonly height: number;
    readonly ms: number;
  },
) {
  // Names of the modules are the page's own.
  const load = (path: string) => import(path);
  const { MeasuredSurfaces } = await load("/measured_surfaces.js");
  const surfaces = new MeasuredSurfaces(windows, height);
  return { frames: await surfaces.measure(ms), checked: surfaces.check() };
}
