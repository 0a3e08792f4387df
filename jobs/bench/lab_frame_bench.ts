import { openDrawingPage } from "../testing/drawing_page.ts";
import { hasChromium, withPage } from "./browser.ts";
import type { BenchRow } from "./row.ts";

const TICKS = 200;
const FIRST_ZOOM = 8;
/** Runs in the page. */
const MEASURED = "islands/lib/lab/testing/measured_scope.ts";

/** What painting the medium scope costs, its pixels read back: a new tick, and a crosshair that moves. */
export async function labFrameRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const { tickMs, cursorMs, listMs } = await withPage(async (page) => {
    await openDrawingPage(page, [MEASURED]);
    return await page.evaluate(measure, { ticks: TICKS, zoom: FIRST_ZOOM });
  });
  const at = (values: readonly number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
  const row = (
    what: string,
    values: readonly number[],
    mostMs: number,
    note: string,
  ): BenchRow => ({
    name: "lab-frame",
    what: `medium scope, 1120 × 630 at 2 pixels each: ${what}, median`,
    unit: "ms",
    measured: at(values, 0.5),
    baseline: null,
    reach: { bound: "at most", value: mostMs },
    note: `${values.length} frames, p95 ${
      at(values, 0.95).toFixed(1)
    } ms, drawn without a GPU${note}`,
  });
  return [
    row("a new tick", tickMs, 6, `; listing and hashing it once ${at(listMs, 0.5).toFixed(1)} ms`),
    row("the crosshair and what it reads", cursorMs, 2, ""),
  ];
}

/** What the page measured, ms. */
interface Measured {
  readonly tickMs: readonly number[];
  readonly cursorMs: readonly number[];
  readonly listMs: readonly number[];
}

async function measure({ ticks, zoom }: { readonly ticks: number; readonly zoom: number }) {
  // Names of the modules are the page's own.
  const load = (path: string) => import(path);
  const { measureScope } = await load("/measured_scope.js");
  return await measureScope(ticks, zoom) as Measured;
}
