import type { MetricNames } from "../../frames/surfaces/mod.ts";

/** A quantity that is normalised: its name in the datasets, its unit, and bounds to begin with. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  /** q05 and q95 while nothing is known of the market, low before high. */
  readonly bootstrap: readonly [number, number];
}

/** A metric for each name of a list, in its order. */
type Metrics<Names extends readonly string[]> = {
  readonly [Place in keyof Names]: Metric & { readonly name: Names[Place] };
};

/** Every quantity that is normalised, by {@link METRIC}. */
export const METRICS = [
  { name: "pull_add_log", unit: "log ratio", bootstrap: [-2, 2] },
  { name: "log1p_pull_intensity_rest", unit: "log ratio", bootstrap: [0, 0.5] },
  { name: "log1p_erosion_norm", unit: "log ratio", bootstrap: [0, 0.5] },
  { name: "d2_pull_add_log", unit: "log ratio per s^2", bootstrap: [-1, 1] },
  { name: "wall_strength_log", unit: "log contracts", bootstrap: [0, 10] },
  { name: "gex_abs", unit: "USD per point^2", bootstrap: [0, 1_000_000] },
  { name: "flow_abs", unit: "contracts", bootstrap: [0, 500] },
  { name: "flow_reinforce", unit: "contracts", bootstrap: [-200, 200] },
  { name: "pull_rest_intensity", unit: "ratio", bootstrap: [0, 0.5] },
] as const satisfies Metrics<MetricNames>;

/** Places of the metrics in {@link METRICS} and in the columns of bounds. */
export const METRIC = {
  PULL_ADD_LOG: 0,
  PULL_INTENSITY: 1,
  EROSION: 2,
  PULL_ADD_D2: 3,
  WALL_STRENGTH: 4,
  GEX_ABS: 5,
  FLOW_ABS: 6,
  FLOW_REINFORCE: 7,
  PULL_REST_INTENSITY: 8,
} as const;
