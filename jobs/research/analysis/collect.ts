import { AnalysisError, type Collected, SeriesCollector } from "../../../engine/analysis/mod.ts";
import { QUADRATIC_PROJECTION } from "../../../engine/pressure/mod.ts";
import type { BinSource } from "./bin_source.ts";
import type { AnalysisWindow } from "./window.ts";

/** What telling of a pass goes to. */
export interface CollectReport {
  readonly onProgress?: (share: number) => void;
  readonly onWarning?: (message: string) => void;
}

/**
 * Runs a source once and keeps what every mode needs of its window.
 *
 * @param withCells Whether scores are kept, which takes 3.2 kB per bin of 101 rows.
 * @throws {AnalysisError} When the window holds fewer than two bins.
 */
export async function collect(
  source: BinSource,
  window: AnalysisWindow,
  withCells: boolean,
  report: CollectReport = {},
): Promise<Collected> {
  const { instrument, baseNs } = source;
  const offset = (ns: bigint) => Number(ns - baseNs);
  const cellNs = instrument.cell_width_ms * 1_000_000;
  const collector = new SeriesCollector({
    radius: instrument.grid_radius_ticks,
    cellWidthMs: instrument.cell_width_ms,
    horizonsMs: instrument.projection_horizons_ms,
    tickNano: instrument.tick_int,
    baseNs,
    fromNs: offset(window.fromNs),
    toNs: offset(window.toNs),
    binsBefore: Math.max(0, Math.ceil(Number(window.fromNs - window.startNs) / cellNs)) + 1,
    withCells,
  });
  await source.read({
    startNs: window.startNs,
    untilNs: window.toNs,
    projection: QUADRATIC_PROJECTION,
    onBin: (frame, steps) => collector.take(frame, steps),
    ...report,
  });
  const collected = collector.finish();
  const { bins } = collected.series;
  if (bins < 2) {
    throw new AnalysisError(
      "data",
      "eval-start to eval-end",
      `must hold 2 bins or more: it holds ${bins}`,
    );
  }
  return collected;
}
