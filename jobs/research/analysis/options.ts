import type { PressureModel } from "../../../engine/pressure/mod.ts";
import type { SignalName } from "../../../engine/analysis/mod.ts";

/** What is computed from the bins of a window. */
export const MODES = ["default", "regime", "projection_experiment"] as const;
export type AnalysisMode = typeof MODES[number];

/** A second- or third-order projection. */
export interface ProjectionChoice {
  readonly use_cubic: boolean;
  readonly cubic_scale: number;
  readonly damping_lambda: number;
}

/** Directions and how their trades are judged. */
export interface RegimeOptions {
  readonly directional_bands: readonly number[];
  readonly micro_windows: readonly number[];
  readonly edge_threshold: number;
  readonly cooldown_bins: number;
  readonly tp_ticks: number;
  readonly sl_ticks: number;
  readonly max_hold_snapshots: number;
  /** Bins from the start of the run in which the blended signals may not fire. */
  readonly signal_warmup_bins: number;
  /** Cooldown of the blended signals, bins. */
  readonly signal_cooldown_bins: number;
  /** Percentiles of a signal's size that become its thresholds. */
  readonly signal_percentiles: readonly number[];
  /** Thresholds chosen beforehand, by signal; they take the place of the percentiles. */
  readonly signal_thresholds: Readonly<Partial<Record<SignalName, readonly number[]>>>;
  /** Holding times of the curve of take profit, bins. */
  readonly horizons_bins: readonly number[];
}

/** Axes of a regime sweep; every combination is evaluated. */
export interface RegimeSweep {
  readonly signal: SignalName;
  readonly thresholds: readonly number[];
  readonly cooldowns: readonly number[];
  readonly tp_ticks: readonly number[];
  readonly sl_ticks: readonly number[];
  readonly max_holds: readonly number[];
}

/** Axes and metrics of a projection experiment. */
export interface ExperimentOptions {
  readonly use_cubic_values: readonly boolean[];
  readonly cubic_scale_values: readonly number[];
  readonly damping_lambda_values: readonly number[];
  /** A configured horizon in bins, or 0 for the largest. */
  readonly regime_horizon_bins: number;
  readonly slope_window_bins: number;
  readonly shift_z_threshold: number;
  /** Runs at most; 0 = all. */
  readonly max_runs: number;
}

/** Everything that decides an analysis. */
export interface AnalysisOptions {
  readonly mode: AnalysisMode;
  /** Market file, or id of a published data set. */
  readonly input: string;
  /** Folder below which data sets lie. */
  readonly dataDir: string;
  /** Instrument name, path of a YAML file, or empty to go by the input's symbol. */
  readonly instrument: string;
  /** Must equal the instrument's when given. */
  readonly product_type: string | null;
  readonly symbol: string | null;
  /** Takes the place of the instrument's. */
  readonly model: PressureModel | null;
  /** New York date, or null for the input's first. */
  readonly dt: string | null;
  /** New York times HH:MM[:SS]. */
  readonly start_time: string;
  readonly eval_start: string;
  readonly eval_end: string;
  readonly projection: ProjectionChoice;
  readonly regime: RegimeOptions;
  readonly sweep: RegimeSweep | null;
  readonly experiment: ExperimentOptions;
  /** Seed of every resampling. */
  readonly seed: number;
}

/** The values that are used when nothing else is asked for. */
export const DEFAULTS = {
  start_time: "09:00",
  eval_start: "09:00",
  eval_end: "12:00",
  projection: { use_cubic: false, cubic_scale: 1 / 6, damping_lambda: 0 },
  regime: {
    directional_bands: [4, 8, 16],
    micro_windows: [25, 50, 100, 200],
    edge_threshold: 0.05,
    cooldown_bins: 50,
    tp_ticks: 8,
    sl_ticks: 4,
    max_hold_snapshots: 1_200,
    signal_warmup_bins: 300,
    signal_cooldown_bins: 30,
    signal_percentiles: [50, 75, 90, 95],
    signal_thresholds: { edge: [0.025, 0.10, 0.15], ads: [0.02, 0.05, 0.08, 0.10, 0.15, 0.20] },
    horizons_bins: [10, 50, 100, 200, 400, 800, 1_200],
  },
  experiment: {
    use_cubic_values: [false, true],
    cubic_scale_values: [0.1666666667],
    damping_lambda_values: [0, 0.001, 0.002],
    regime_horizon_bins: 0,
    slope_window_bins: 30,
    shift_z_threshold: 2,
    max_runs: 0,
  },
  seed: 1,
} as const satisfies Partial<AnalysisOptions>;
