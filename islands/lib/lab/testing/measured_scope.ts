import { drawnSnapshot, drawScope } from "./drawn_scope.ts";

// Runs in the page of a bench.

/** Path of this file from the root of the project, for the page that imports it. */
export const MEASURED_SCOPE = "islands/lib/lab/testing/measured_scope.ts";

/** What painting a scope cost, pixels read back, ms. */
export interface MeasuredScope {
  /** Frames in which the crosshair moved. */
  readonly cursorMs: readonly number[];
  /** Frames with a new tick: all but the grid. */
  readonly tickMs: readonly number[];
  /** Laying out, listing and hashing a picture, without painting it. */
  readonly listMs: readonly number[];
}

/** Paints so many new ticks, the crosshair moving between them, at 1120 × 630 CSS pixels, 2 pixels each. */
export async function measureScope(ticks: number, zoom: number): Promise<MeasuredScope> {
  const { buildDisplayList, listHash } = await import("../display_list.ts");
  const desk = { w: 1_120, h: 630, zoom };
  const { view, layers } = drawScope(drawnSnapshot(), desk, 2);
  const read = () => layers.forEach((own) => own.getContext("2d")!.getImageData(0, 0, 1, 1));
  const timed = (paint: () => void) => {
    const begunMs = performance.now();
    paint();
    read();
    return performance.now() - begunMs;
  };
  const cost = { cursorMs: [] as number[], tickMs: [] as number[], listMs: [] as number[] };
  for (let i = 0; i < ticks; i++) {
    await new Promise(requestAnimationFrame);
    const calm = drawnSnapshot();
    const snapshot = { ...calm, C: Float64Array.from(calm.C, (c) => c * Math.cos(i)) };
    view.show(snapshot);
    cost.tickMs.push(timed(() => view.draw(performance.now())));
    view.setCrosshair(i % 20);
    cost.cursorMs.push(timed(() => view.draw(performance.now())));
    cost.listMs.push(timed(() => listHash(buildDisplayList(snapshot, desk))));
  }
  return cost;
}
