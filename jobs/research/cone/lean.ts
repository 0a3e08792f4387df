import { FORECAST, rowsOf } from "../../../engine/frames/contract.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../../engine/pressure/mod.ts";
import { ForecastStage } from "../../../engine/signals/mod.ts";
import { type PlannedRun, StageDrive } from "../../feeds/mod.ts";

/** What the chance of no change and the lean came to at one horizon. */
export interface LeanRecord {
  readonly ms: number;
  /** Probability of no change at the end of the run, 0 to 1. */
  readonly same: number;
  /** Moves at which the lean pointed somewhere. */
  readonly moves: number;
  /** Share of these that went there, and of those that went up. */
  readonly hits: number;
  readonly ups: number;
}

/**
 * Runs the pressure pipeline and its forecasts over a market, which it closes.
 *
 * @param bins Most of them.
 */
export async function leanRecords(run: PlannedRun, bins: number): Promise<readonly LeanRecord[]> {
  const stage = new ForecastStage(run.instrument);
  const pipeline = new StreamPipeline(run.instrument, {
    ...run.timing(run.firstBin({ date: null, start: null })),
    projection: QUADRATIC_PROJECTION,
    onBin: (frame) => stage.take(frame),
  });
  const drive = new StageDrive(run.feed, pipeline);
  const goalNs = () =>
    Number.isNaN(pipeline.nextBinEndNs) ? Number.MAX_SAFE_INTEGER : pipeline.nextBinEndNs + 1e9;
  while (pipeline.binCount < bins && await drive.step(goalNs()) !== "ended");
  run.feed.close();
  const { columns } = stage.frame;
  const value = (column: number, row: number) => Number(columns[column]?.[row]);
  return Array.from({ length: rowsOf(stage.frame) }, (_, row) => {
    const moves = value(FORECAST.LEAN_N, row);
    return {
      ms: value(FORECAST.HORIZON_MS, row),
      same: value(FORECAST.P_SAME, row),
      moves,
      hits: value(FORECAST.LEAN_HITS, row) / moves,
      ups: value(FORECAST.LEAN_UPS, row) / moves,
    };
  });
}
