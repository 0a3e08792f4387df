import { newYorkText } from "../../../engine/clock/mod.ts";
import {
  bootstrapRatio,
  centreSignHits,
  type Collected,
  directionalEdge,
  evaluateSignal,
  type HitCounts,
  hitRate,
  type Interval,
  judgeAll,
  marketKinds,
  naiveDirections,
  type OutcomeTable,
  projectCells,
  projectionHits,
  rowMeans,
  type ShiftMetrics,
  shiftMetrics,
  type SignalContext,
  type SignalName,
  type SignalRow,
  type SignalRule,
  type StateSummary,
  summariseStates,
  type TradeRules,
} from "../../../engine/analysis/mod.ts";
import { createProjector, type PressureModel } from "../../../engine/pressure/mod.ts";
import type { AnalysisOptions, ProjectionChoice } from "./options.ts";

/** Least bins of a bootstrap run for hit rates, which hang together over the scores' windows. */
const HIT_BLOCK_BINS = 50;

/** One piece of work; pieces do not depend on each other. */
export type Task =
  | { readonly kind: "signal"; readonly rule: SignalRule; readonly row: number }
  | {
    readonly kind: "sweep";
    readonly rule: SignalRule;
    readonly tpTicks: number;
    readonly slTicks: number;
    readonly maxHoldBins: number;
    readonly row: number;
  }
  | { readonly kind: "projection"; readonly projection: ProjectionChoice; readonly row: number };

/** Hit rate with its confidence interval. */
export interface HitRate {
  readonly hit_rate: number;
  readonly n_pairs: number;
  readonly interval: Interval | null;
}

/** Hit rates of one horizon next to two that need no projection model. */
export interface HorizonHits extends HitRate {
  /** Hit rate of "every score goes back to 0". */
  readonly towards_zero: number;
  /** Hit rate of "every score goes on as in its last step". */
  readonly last_step: number;
}

/** What the bins of a window say with one projection. */
export interface DefaultSummary extends StateSummary {
  readonly center_sign_hit_rate: number;
  readonly center_sign_interval: Interval | null;
  readonly center_sign_pairs: number;
  readonly projection: Readonly<Record<string, HorizonHits>>;
}

/** One run of a projection experiment. */
export interface ExperimentRow extends ProjectionChoice {
  readonly summary: DefaultSummary;
  /** Mean over the horizons that have one. */
  readonly mean_hit_rate: number;
  readonly hit_rate_at_regime_horizon: number;
  readonly regime_metrics: ShiftMetrics;
}

/** One combination of a regime sweep. */
export interface SweepRow
  extends Omit<SignalRow, "trades" | "strata" | "tp_by_horizon" | "baselines"> {
  readonly tp_ticks: number;
  readonly sl_ticks: number;
  readonly max_hold_snapshots: number;
}

/** What a task gives. */
export type TaskResult = SignalRow | SweepRow | ExperimentRow;

/** Everything that is computed from a collected window; each intermediate once. */
export class Evaluator {
  readonly collected: Collected;
  readonly #options: AnalysisOptions;
  readonly #model: PressureModel;
  readonly #tables = new Map<string, OutcomeTable>();
  readonly #values = new Map<SignalName, Float64Array>();
  #context: Omit<SignalContext, "table"> | null = null;
  #fixed: { centre: HitCounts; states: StateSummary; zero: number[]; step: number[] } | null = null;

  /** @param model Of the instrument that the bins were made with. */
  constructor(collected: Collected, options: AnalysisOptions, model: PressureModel) {
    this.collected = collected;
    this.#options = options;
    this.#model = model;
  }

  /** @throws {AnalysisError} When a setting is out of range. */
  run(task: Task): TaskResult {
    switch (task.kind) {
      case "signal":
        return this.#signal(task.rule, this.rules(), task.row);
      case "sweep": {
        const { tpTicks, slTicks, maxHoldBins } = task;
        const rules = { ...this.rules(), tpTicks, slTicks, maxHoldBins };
        const row = this.#signal(task.rule, rules, task.row);
        const { trades: _t, strata: _s, tp_by_horizon: _h, baselines: _b, ...rest } = row;
        return {
          ...rest,
          tp_ticks: tpTicks,
          sl_ticks: slTicks,
          max_hold_snapshots: maxHoldBins,
        };
      }
      case "projection":
        return this.experiment(task.projection, task.row);
    }
  }

  /** How trades of the options are judged. */
  rules(): TradeRules {
    const { tp_ticks, sl_ticks, max_hold_snapshots } = this.#options.regime;
    return {
      tpTicks: tp_ticks,
      slTicks: sl_ticks,
      tickSize: this.collected.series.tickSize,
      maxHoldBins: max_hold_snapshots,
      blankExit: this.#model === "compat" ? "zero" : "last",
    };
  }

  /** Outcomes of every possible trade by those rules. */
  table(rules: TradeRules): OutcomeTable {
    const key = `${rules.tpTicks} ${rules.slTicks} ${rules.maxHoldBins}`;
    const found = this.#tables.get(key) ?? judgeAll(this.collected.series.mid, rules);
    this.#tables.set(key, found);
    return found;
  }

  /** Values of a signal per bin, NaN where it may not fire. */
  values(signal: SignalName): Float64Array {
    let values = this.#values.get(signal);
    if (values === undefined) {
      const { series, binsBefore } = this.collected;
      const { directional_bands, micro_windows, signal_warmup_bins: warmup } = this.#options.regime;
      if (signal === "edge") {
        const radius = (series.rows - 1) / 2;
        const { asymmetry, bins } = series;
        values = directionalEdge(asymmetry, bins, radius, directional_bands, micro_windows);
      } else {
        values = Float64Array.from(series.signals[signal]);
        values.fill(NaN, 0, Math.max(0, Math.min(values.length, warmup - binsBefore)));
      }
      this.#values.set(signal, values);
    }
    return values;
  }

  /** The summary of the bins with one projection. */
  summary(projection: ProjectionChoice, row: number): DefaultSummary {
    const { series } = this.collected;
    const { cells, rows, tsNs, horizonsMs, cellWidthMs } = series;
    if (cells === null) throw new RangeError("Cannot project as the scores were not collected");
    const { centre, states, zero, step } = this.#fixedParts();
    const columns = projectCells(cells, projectorOf(projection, horizonsMs));
    const seed = this.#options.seed;
    const block = (ms: number) => Math.max(HIT_BLOCK_BINS, Math.ceil(2 * ms / cellWidthMs));
    const horizons = horizonsMs.map((ms, h): readonly [string, HorizonHits] => {
      const counts = projectionHits(cells.score, columns[h]!, rows, tsNs, ms);
      const stream = 1 + row * (horizonsMs.length + 1) + h;
      return [String(ms), {
        ...hitRate(counts),
        interval: bootstrapRatio(counts.hits, counts.pairs, block(ms), seed, stream),
        towards_zero: zero[h]!,
        last_step: step[h]!,
      }];
    });
    const centreRate = hitRate(centre);
    return {
      ...states,
      center_sign_hit_rate: centreRate.hit_rate,
      center_sign_interval: bootstrapRatio(centre.hits, centre.pairs, HIT_BLOCK_BINS, seed, 0),
      center_sign_pairs: centreRate.n_pairs,
      projection: Object.fromEntries(horizons),
    };
  }

  /** One run of a projection experiment. */
  experiment(projection: ProjectionChoice, row: number): ExperimentRow {
    const { series } = this.collected;
    const { cells, rows, tsNs, horizonsMs, cellWidthMs } = series;
    if (cells === null) throw new RangeError("Cannot project as the scores were not collected");
    const { experiment } = this.#options;
    const summary = this.summary(projection, row);
    const rates = Object.values(summary.projection).map((hits) => hits.hit_rate);
    const finite = rates.filter(Number.isFinite);
    const horizonMs = regimeHorizonBins(this.#options, horizonsMs, cellWidthMs) * cellWidthMs;
    const [projected] = projectCells(cells, projectorOf(projection, [horizonMs]));
    return {
      ...projection,
      summary,
      mean_hit_rate: finite.reduce((sum, rate) => sum + rate, 0) / finite.length,
      hit_rate_at_regime_horizon: summary.projection[String(horizonMs)]?.hit_rate ?? NaN,
      regime_metrics: shiftMetrics(
        rowMeans(projected!, rows),
        tsNs,
        experiment.slope_window_bins,
        experiment.shift_z_threshold,
      ),
    };
  }

  #signal(rule: SignalRule, rules: TradeRules, row: number): SignalRow {
    const context = { ...this.#shared(), table: this.table(rules) };
    return evaluateSignal(rule, this.values(rule.signal), context, row);
  }

  #shared(): Omit<SignalContext, "table"> {
    const { series } = this.collected;
    const { mid, spread, tsNs, cellWidthMs, signals, baseNs } = series;
    this.#context ??= {
      tsNs,
      mid,
      naive: naiveDirections(mid, signals.flow, cellWidthMs),
      kinds: marketKinds(mid, spread, tsNs, cellWidthMs),
      partName: (startNs) => newYorkText(baseNs + BigInt(startNs)).slice(11, 16),
      horizonsBins: this.#options.regime.horizons_bins,
      seed: this.#options.seed,
    };
    return this.#context;
  }

  #fixedParts() {
    const { cells, rows, tsNs, mid, state, horizonsMs } = this.collected.series;
    if (cells === null) throw new RangeError("Cannot project as the scores were not collected");
    if (this.#fixed === null) {
      const { score } = cells;
      const zeros = new Float64Array(score.length);
      const linear = createProjector(
        { form: "linear", cubicScale: 1, dampingLambda: 0 },
        horizonsMs,
      );
      const steps = projectCells(cells, linear);
      const rate = (projected: Float64Array, ms: number) =>
        hitRate(projectionHits(score, projected, rows, tsNs, ms)).hit_rate;
      this.#fixed = {
        centre: centreSignHits(score, rows, mid),
        states: summariseStates(score, state, rows),
        zero: horizonsMs.map((ms) => rate(zeros, ms)),
        step: horizonsMs.map((ms, h) => rate(steps[h]!, ms)),
      };
    }
    return this.#fixed;
  }
}

function projectorOf(choice: ProjectionChoice, horizonsMs: readonly number[]) {
  const { use_cubic: isCubic, cubic_scale: cubicScale, damping_lambda: dampingLambda } = choice;
  const form = isCubic ? "cubic" : "quadratic";
  return createProjector({ form, cubicScale, dampingLambda }, horizonsMs);
}

/** The horizon that an experiment is ranked by, bins. */
export function regimeHorizonBins(
  { experiment }: Pick<AnalysisOptions, "experiment">,
  horizonsMs: readonly number[],
  cellWidthMs: number,
): number {
  const largest = Math.max(...horizonsMs) / cellWidthMs;
  return experiment.regime_horizon_bins === 0 ? largest : experiment.regime_horizon_bins;
}
