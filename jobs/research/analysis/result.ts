import { createHash } from "node:crypto";
import type { EdgeShares, SignalRow, Trade, TradeSummary } from "../../../engine/analysis/mod.ts";
import type { StoredOrigin } from "../../../modules/kit/mod.ts";
import type { DefaultSummary, ExperimentRow, SweepRow } from "./evaluator.ts";
import type { ExperimentOptions, ProjectionChoice, RegimeOptions, RegimeSweep } from "./options.ts";

/** Name and version of the layout of results. */
export const RESULT_FORMAT = "lotus-analysis/1";

/** What every result says of its making; no clock of this machine is in it. */
export interface ResultHead {
  readonly format: typeof RESULT_FORMAT;
  /** 16 hex digits over the input's content and everything that decides the result. */
  readonly id: string;
  readonly input: {
    readonly name: string;
    readonly sha256: string;
    /** What kind of market it was and from where; inputs and results of older releases lack it. */
    readonly provenance?: StoredOrigin;
  };
  /** The instrument's settings. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly dt: string;
  readonly start_time: string;
  readonly eval_start: string;
  readonly eval_end: string;
  readonly n_eval_bins: number;
  /** Epoch ms that `ts_ms` of trades count from. */
  readonly base_ms: number;
  /** Seed of every resampling. */
  readonly seed: number;
}

/** Mode default. */
export interface DefaultResult extends ResultHead {
  readonly mode: "default";
  readonly projection_model: ProjectionChoice;
  readonly summary: DefaultSummary;
}

/** Mode regime, with a sweep or without. */
export interface RegimeResult extends ResultHead {
  readonly mode: "regime";
  readonly params: RegimeOptions;
  readonly spectrum: {
    readonly state_share_pressure: number;
    readonly state_share_neutral: number;
    readonly state_share_vacuum: number;
  };
  readonly edge: EdgeShares;
  /** Highest less lowest mid of the window, ticks; results of older releases lack it. */
  readonly mid_range_ticks?: number;
  readonly trade_results: TradeSummary & {
    readonly up: TradeSummary;
    readonly down: TradeSummary;
  };
  /** The first ones. */
  readonly trades: readonly Trade[];
  readonly signals: readonly SignalRow[];
  readonly sweep: { readonly params: RegimeSweep; readonly results: readonly SweepRow[] } | null;
}

/** Mode projection_experiment; best run first. */
export interface ExperimentResult extends ResultHead {
  readonly mode: "projection_experiment";
  readonly regime_horizon_bins: number;
  readonly regime_horizon_ms: number;
  readonly experiment_params: ExperimentOptions;
  readonly results: readonly ExperimentRow[];
}

export type AnalysisResult = DefaultResult | RegimeResult | ExperimentResult;

/** Id of a result: the same input and settings give the same, whatever they are called. */
export function resultId(sha256: string, settings: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify([RESULT_FORMAT, sha256, settings]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A result as text: keys as they stand, NaN and infinities as null, one byte stream for one result. */
export function resultText(result: AnalysisResult): string {
  return JSON.stringify(result) + "\n";
}
