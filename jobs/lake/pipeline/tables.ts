import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { LAKE, type LakeDataset, lakeDataset } from "../contracts/mod.ts";
import type { PipelineTask, Product } from "./task.ts";

/** Raised when the same records give other tables than before: what was made before is stale then. */
export const CODE_VERSION = "1";

/** Datasets that the pipeline itself reads and writes. */
export const SET = {
  DEFINITIONS: lakeDataset(TABLES.DEFINITIONS.name),
  STATISTICS: lakeDataset(TABLES.STATISTICS.name),
  FUTURE_MBO: lakeDataset(TABLES.FUTURE_MBO.name),
  OPTION_MBO: lakeDataset(TABLES.OPTION_MBO.name),
  STATISTICS_CLEAN: lakeDataset(TABLES.STATISTICS_CLEAN.name),
  HISTOGRAMS: lakeDataset(TABLES.METRIC_HISTOGRAMS.name),
  CALIBRATION: lakeDataset(TABLES.CALIBRATION.name),
} as const;

/** Tables that are not filled window by window. */
const OF_DAY: ReadonlySet<LakeDataset> = new Set<LakeDataset>(Object.values(SET));

/** Product of a dataset. */
function productOf({ key }: LakeDataset): Product {
  const name = key.split(".")[1] ?? "";
  if (name === "hud" || name === "future_mbo") return name;
  return "future_option_mbo";
}

/** Datasets that a task is to make, in the order in which they are made. */
export function datasetsOf(
  { stage, products, layers }: Pick<PipelineTask, "stage" | "products" | "layers">,
): readonly LakeDataset[] {
  if (stage === "histograms") return [SET.HISTOGRAMS];
  return [...LAKE.values()].filter((dataset) => {
    const layer = dataset.key.split(".")[0];
    return isOfBronze(dataset) === (stage === "bronze") &&
      layers.some((wanted) => wanted === layer) && products.includes(productOf(dataset));
  });
}

/** Whether a dataset is of the layer that raw files are read into. */
export function isOfBronze({ key }: LakeDataset): boolean {
  return key.startsWith("bronze.");
}

/** Whether a dataset has rows of every window. */
export function isOfWindows(dataset: LakeDataset): boolean {
  return !OF_DAY.has(dataset);
}

/** Whether a dataset has no row without options. */
export function isOfOptions(dataset: LakeDataset): boolean {
  return productOf(dataset) === "future_option_mbo";
}
