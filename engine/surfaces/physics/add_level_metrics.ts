import { METRIC, type OnlineCalibration } from "../calibration/mod.ts";
import type { LevelRows } from "./level_rows.ts";

/** Gives a calibration what the rows of a window hold of its metrics: once, after the window was normalised. */
export function addLevelMetrics(calibration: OnlineCalibration, rows: LevelRows): void {
  const { count } = rows;
  calibration.add(METRIC.PULL_ADD_LOG, rows.pullAddLog, count);
  calibration.add(METRIC.PULL_INTENSITY, rows.log1pPullIntensityRest, count);
  calibration.add(METRIC.EROSION, rows.log1pErosionNorm, count);
  calibration.add(METRIC.PULL_ADD_D2, rows.d2PullAddLog, count);
  calibration.add(METRIC.WALL_STRENGTH, rows.wallStrengthLog, count);
}
