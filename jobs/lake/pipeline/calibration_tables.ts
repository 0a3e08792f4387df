import { type ColumnValue, type Frame, FrameBuilder } from "../../../engine/frames/mod.ts";
import { arrayAs } from "../../../engine/frames/contract.ts";
import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import {
  type MetricHistogramState,
  METRICS,
  OnlineCalibration,
} from "../../../engine/surfaces/calibration/mod.ts";

type Histograms = readonly MetricHistogramState[];

/** What a session saw of every metric, as a table. */
export function histogramTable(histograms: Histograms): Frame {
  const rows: Record<string, ColumnValue>[] = [];
  histograms.forEach(({ counts, windows }, metric) => {
    counts.forEach((count, slot) => {
      if (count === 0) return;
      const metric_name = METRICS[metric]!.name;
      rows.push({ metric_name, slot, value_count: count, window_count: windows });
    });
  });
  const builder = new FrameBuilder(TABLES.METRIC_HISTOGRAMS, rows.length);
  for (const row of rows) builder.add(row);
  return builder.take();
}

/** The histograms of a table that {@link histogramTable} made; a metric without rows was never seen. */
export function histogramsIn({ columns }: Pick<Frame, "columns">, empty: Histograms): Histograms {
  const [names, slots, counts, windows] = columns;
  const metric = arrayAs(Uint8Array, names, "metric_name");
  const slot = arrayAs(Int32Array, slots, "slot");
  const count = arrayAs(Float64Array, counts, "value_count");
  const seen = arrayAs(Float64Array, windows, "window_count");
  const all = empty.map(({ counts }) => ({ counts: counts.slice(), windows: 0 }));
  metric.forEach((place, row) => {
    const histogram = all[place];
    if (histogram === undefined) return;
    histogram.counts[slot[row]!] = count[row]!;
    histogram.windows = seen[row]!;
  });
  return all;
}

/** What was seen between two looks at one calibration. */
export function seenBetween(before: Histograms, after: Histograms): Histograms {
  return after.map(({ counts, windows }, metric) => ({
    counts: counts.map((count, slot) => count - before[metric]!.counts[slot]!),
    windows: windows - before[metric]!.windows,
  }));
}

/**
 * Bounds that a session begins with: quantiles of the sessions before it, all values of the same weight,
 * linear in asinh inside a bin; the bounds to begin with where no session is known.
 *
 * @param session Stretch of the day.
 */
export function calibrationTable(
  earlier: readonly Histograms[],
  session: string,
  dt: string,
): Frame {
  const { bounds } = new OnlineCalibration(earlier);
  const builder = new FrameBuilder(TABLES.CALIBRATION, METRICS.length);
  METRICS.forEach(({ name }, metric) =>
    builder.add({
      metric_name: name,
      q05: bounds.q05[metric]!,
      q95: bounds.q95[metric]!,
      lookback_sessions: earlier.length,
      session_window: session,
      asof_dt: dt,
    })
  );
  return builder.take();
}
