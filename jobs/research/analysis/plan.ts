import {
  type Collected,
  SIGNAL_NAMES,
  type SignalName,
  thresholdsFrom,
  type ThresholdSource,
} from "../../../engine/analysis/mod.ts";
import type { Task } from "./evaluator.ts";
import type { AnalysisOptions, RegimeSweep } from "./options.ts";

/** Bins before the window that are enough to take thresholds from. */
const LEAST_CALIBRATION_BINS = 1_000;

/** Signals that are evaluated at thresholds written down alone. */
const ONLY_FIXED: readonly SignalName[] = ["svac_raw", "svac_plain"];

/** Every signal at every threshold; the edge at its own first. */
export function signalTasks(options: AnalysisOptions, collected: Collected): readonly Task[] {
  const { regime } = options;
  const rules: { signal: SignalName; threshold: number; source: ThresholdSource }[] = [
    { signal: "edge", threshold: regime.edge_threshold, source: "fixed" },
  ];
  for (const signal of SIGNAL_NAMES) {
    const { thresholds, source } = thresholdsOf(signal, options, collected);
    for (const threshold of thresholds) {
      if (signal === "edge" && threshold === regime.edge_threshold) continue;
      rules.push({ signal, threshold, source });
    }
  }
  return rules.map(({ signal, threshold, source }, row): Task => ({
    kind: "signal",
    row,
    rule: {
      signal,
      threshold,
      thresholdSource: source,
      cooldownBins: signal === "edge" ? regime.cooldown_bins : regime.signal_cooldown_bins,
    },
  }));
}

function thresholdsOf(
  signal: SignalName,
  { regime }: AnalysisOptions,
  { series, before, binsBefore }: Collected,
): { readonly thresholds: readonly number[]; readonly source: ThresholdSource } {
  const fixed = regime.signal_thresholds[signal];
  if (fixed !== undefined) return { thresholds: fixed, source: "fixed" };
  if (signal === "edge" || ONLY_FIXED.includes(signal)) return { thresholds: [], source: "fixed" };
  const warm = before[signal].subarray(Math.min(binsBefore, regime.signal_warmup_bins));
  if (warm.length >= LEAST_CALIBRATION_BINS) {
    return { thresholds: thresholdsFrom(warm, regime.signal_percentiles), source: "before" };
  }
  const cold = Math.max(0, regime.signal_warmup_bins - binsBefore);
  const own = series.signals[signal].subarray(cold);
  return { thresholds: thresholdsFrom(own, regime.signal_percentiles), source: "in_sample" };
}

/** Every combination of a sweep, the last axis fastest. */
export function sweepTasks(sweep: RegimeSweep): readonly Task[] {
  const tasks: Task[] = [];
  for (const threshold of sweep.thresholds) {
    for (const cooldownBins of sweep.cooldowns) {
      for (const tpTicks of sweep.tp_ticks) {
        for (const slTicks of sweep.sl_ticks) {
          for (const maxHoldBins of sweep.max_holds) {
            const { signal } = sweep;
            const rule = { signal, threshold, thresholdSource: "fixed", cooldownBins } as const;
            tasks.push({ kind: "sweep", rule, tpTicks, slTicks, maxHoldBins, row: tasks.length });
          }
        }
      }
    }
  }
  return tasks;
}

/** Every combination of an experiment, damping fastest, up to its cap. */
export function experimentTasks({ experiment }: AnalysisOptions): readonly Task[] {
  const tasks: Task[] = [];
  for (const use_cubic of experiment.use_cubic_values) {
    for (const cubic_scale of experiment.cubic_scale_values) {
      for (const damping_lambda of experiment.damping_lambda_values) {
        const projection = { use_cubic, cubic_scale, damping_lambda };
        tasks.push({ kind: "projection", projection, row: tasks.length });
      }
    }
  }
  return experiment.max_runs === 0 ? tasks : tasks.slice(0, experiment.max_runs);
}
