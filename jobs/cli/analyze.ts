import { Command, Option } from "commander";
import { loadConfig } from "../../config.ts";
import { AnalysisError } from "../../engine/analysis/mod.ts";
import {
  analyse,
  type AnalysisMode,
  type AnalysisOptions,
  DEFAULTS,
  MODES,
  ResultStore,
  resultTables,
  resultText,
} from "../research/analysis/mod.ts";
import {
  date,
  list,
  percentage,
  positive,
  signalName,
  thresholds,
  time,
  truth,
  whole,
} from "./analyze_values.ts";
import { EXIT } from "./exit.ts";
import { standardOutput } from "./output.ts";

const { regime: R, experiment: X, projection: P } = DEFAULTS;

type Signals = AnalysisOptions["regime"]["signal_thresholds"];

interface Flags {
  readonly mode: AnalysisMode;
  readonly instrument?: string;
  readonly productType?: string;
  readonly symbol?: string;
  readonly model?: "complete" | "compat";
  readonly dt?: string;
  readonly startTime?: string;
  readonly evalStart: string;
  readonly evalEnd: string;
  readonly jsonOutput?: string;
  readonly json: boolean;
  readonly jobs: number;
  readonly restream: boolean;
  readonly seed: number;
  readonly projectionUseCubic: boolean;
  readonly projectionCubicScale: number;
  readonly projectionDampingLambda: number;
  readonly directionalBands: readonly number[];
  readonly microWindows: readonly number[];
  readonly edgeThreshold: number;
  readonly cooldownBins: number;
  readonly tpTicks: number;
  readonly slTicks: number;
  readonly maxHoldSnapshots: number;
  readonly signalWarmupBins: number;
  readonly signalCooldownBins: number;
  readonly signalPercentiles: readonly number[];
  readonly signalThresholds: Signals;
  readonly horizonsBins: readonly number[];
  readonly sweep: boolean;
  readonly sweepSignal: NonNullable<AnalysisOptions["sweep"]>["signal"];
  readonly sweepThresholds?: readonly number[];
  readonly sweepCooldowns?: readonly number[];
  readonly sweepTpTicks?: readonly number[];
  readonly sweepSlTicks?: readonly number[];
  readonly sweepMaxHolds?: readonly number[];
  readonly experimentUseCubicValues: readonly boolean[];
  readonly experimentCubicScaleValues: readonly number[];
  readonly experimentDampingLambdaValues: readonly number[];
  readonly experimentRegimeHorizonBins: number;
  readonly experimentSlopeWindowBins: number;
  readonly experimentShiftZThreshold: number;
  readonly experimentMaxRuns: number;
}

const wholes = list(whole(1));
const sizes = list(positive(true));
const mutable = <T>(values: readonly T[]): T[] => [...values];

/** `lotus analyze FILE`: what the bins of a recording say, with intervals and baselines. */
export function analyzeCommand(): Command {
  const command = new Command("analyze")
    .description("Evaluate scores, signals and projections over the bins of a recording")
    .argument("<input>", ".dbn or .dbn.zst file, or the id of a published data set (mode regime)")
    .addOption(new Option("--mode <mode>", "what to compute").choices(MODES).default("default"));
  windowOptions(command);
  regimeOptions(command);
  sweepOptions(command);
  experimentOptions(command);
  return command
    .addHelpText(
      "after",
      "\nExamples:\n" +
        "  lotus analyze CLX5_mbo.dbn --eval-start 15:45 --eval-end 17:00 --mode regime\n" +
        "  lotus analyze CLX5_mbo.dbn --eval-start 15:45 --eval-end 15:55 \\\n" +
        "    --mode projection_experiment --experiment-cubic-scale-values 0.1,0.22\n",
    )
    .action(analyze);
}

function windowOptions(command: Command): void {
  command
    .option("--instrument <name>", "instrument name or YAML path (default: by the file's symbol)")
    .option("--product-type <type>", "must be the instrument's")
    .option("--symbol <symbol>", "must be the instrument's")
    .addOption(
      new Option("--model <model>", "pressure model (default: the instrument's)")
        .choices(["complete", "compat"]),
    )
    .option("--dt <date>", "New York date (default: the file's first)", date)
    .option("--start-time <time>", "first bin, New York (default: --eval-start)", time)
    .option("--eval-start <time>", "start of the window, New York", time, DEFAULTS.eval_start)
    .option("--eval-end <time>", "end of the window, New York", time, DEFAULTS.eval_end)
    .option("--json-output <file>", "write the result there too")
    .option("--json", "print the result as JSON instead of tables", false)
    .option("--jobs <n>", "workers", whole(1), navigator.hardwareConcurrency)
    .option("--restream", "run the input anew for every evaluation, as a check", false)
    .option("--seed <n>", "seed of the resampling", whole(0), DEFAULTS.seed)
    .option("--projection-use-cubic", "third-order projection", P.use_cubic)
    .option("--projection-cubic-scale <x>", "its weight", positive(false), P.cubic_scale)
    .option("--projection-damping-lambda <x>", "damping, 1/s", positive(false), P.damping_lambda);
}

function regimeOptions(command: Command): void {
  command
    .option("--directional-bands <list>", "levels per side", wholes, mutable(R.directional_bands))
    .option("--micro-windows <list>", "trailing means, bins", wholes, mutable(R.micro_windows))
    .option("--edge-threshold <x>", "edge that fires", positive(true), R.edge_threshold)
    .option("--cooldown-bins <n>", "bins between entries", whole(0), R.cooldown_bins)
    .option("--tp-ticks <x>", "take profit", positive(true), R.tp_ticks)
    .option("--sl-ticks <x>", "stop loss", positive(true), R.sl_ticks)
    .option("--max-hold-snapshots <n>", "bins a trade may last", whole(1), R.max_hold_snapshots)
    .option(
      "--signal-warmup-bins <n>",
      "no ADS, PFP, SVac, blend before",
      whole(0),
      R.signal_warmup_bins,
    )
    .option("--signal-cooldown-bins <n>", "their cooldown", whole(0), R.signal_cooldown_bins)
    .option(
      "--signal-percentiles <list>",
      "thresholds as percentiles",
      list(percentage),
      mutable(R.signal_percentiles),
    )
    .option(
      "--signal-thresholds <map>",
      "fixed ones, as ads=0.02,0.05;pfp=0.1",
      thresholds,
      R.signal_thresholds,
    )
    .option(
      "--horizons-bins <list>",
      "holding times of the curve",
      wholes,
      mutable(R.horizons_bins),
    );
}

function sweepOptions(command: Command): void {
  command
    .option("--sweep", "sweep the trade evaluation over the lists below", false)
    .option("--sweep-signal <name>", "signal that is swept", signalName, "edge")
    .option("--sweep-thresholds <list>", "thresholds (default: --edge-threshold)", sizes)
    .option("--sweep-cooldowns <list>", "cooldowns, bins", list(whole(0)))
    .option("--sweep-tp-ticks <list>", "take profits", sizes)
    .option("--sweep-sl-ticks <list>", "stops", sizes)
    .option("--sweep-max-holds <list>", "bins a trade may last", wholes);
}

function experimentOptions(command: Command): void {
  const scales = list(positive(false));
  command
    .option(
      "--experiment-use-cubic-values <list>",
      "third order or not",
      list(truth),
      mutable(X.use_cubic_values),
    )
    .option(
      "--experiment-cubic-scale-values <list>",
      "weights of the third order",
      scales,
      mutable(X.cubic_scale_values),
    )
    .option(
      "--experiment-damping-lambda-values <list>",
      "dampings, 1/s",
      scales,
      mutable(X.damping_lambda_values),
    )
    .option("--experiment-regime-horizon-bins <n>", "0 = largest", whole(0), X.regime_horizon_bins)
    .option("--experiment-slope-window-bins <n>", "bins per slope", whole(2), X.slope_window_bins)
    .option(
      "--experiment-shift-z-threshold <x>",
      "z from which a bin is a shift",
      positive(false),
      X.shift_z_threshold,
    )
    .option("--experiment-max-runs <n>", "0 = all", whole(0), X.max_runs);
}

function optionsOf(
  input: string,
  flags: Flags,
  { dataDir, instrumentConfigPath, instrument }: ReturnType<typeof loadConfig>,
): AnalysisOptions {
  return {
    mode: flags.mode,
    input,
    dataDir,
    instrument: flags.instrument ?? (instrumentConfigPath || instrument),
    product_type: flags.productType ?? null,
    symbol: flags.symbol ?? null,
    model: flags.model ?? null,
    dt: flags.dt ?? null,
    start_time: flags.startTime ?? flags.evalStart,
    eval_start: flags.evalStart,
    eval_end: flags.evalEnd,
    projection: {
      use_cubic: flags.projectionUseCubic,
      cubic_scale: flags.projectionCubicScale,
      damping_lambda: flags.projectionDampingLambda,
    },
    regime: {
      directional_bands: flags.directionalBands,
      micro_windows: flags.microWindows,
      edge_threshold: flags.edgeThreshold,
      cooldown_bins: flags.cooldownBins,
      tp_ticks: flags.tpTicks,
      sl_ticks: flags.slTicks,
      max_hold_snapshots: flags.maxHoldSnapshots,
      signal_warmup_bins: flags.signalWarmupBins,
      signal_cooldown_bins: flags.signalCooldownBins,
      signal_percentiles: flags.signalPercentiles,
      signal_thresholds: flags.signalThresholds,
      horizons_bins: flags.horizonsBins,
    },
    sweep: sweepOf(flags),
    experiment: {
      use_cubic_values: flags.experimentUseCubicValues,
      cubic_scale_values: flags.experimentCubicScaleValues,
      damping_lambda_values: flags.experimentDampingLambdaValues,
      regime_horizon_bins: flags.experimentRegimeHorizonBins,
      slope_window_bins: flags.experimentSlopeWindowBins,
      shift_z_threshold: flags.experimentShiftZThreshold,
      max_runs: flags.experimentMaxRuns,
    },
    seed: flags.seed,
  };
}

function sweepOf(flags: Flags): AnalysisOptions["sweep"] {
  const { sweepThresholds, sweepCooldowns, sweepTpTicks, sweepSlTicks, sweepMaxHolds } = flags;
  const axes = [sweepThresholds, sweepCooldowns, sweepTpTicks, sweepSlTicks, sweepMaxHolds];
  if (!flags.sweep && axes.every((axis) => axis === undefined)) return null;
  return {
    signal: flags.sweepSignal,
    thresholds: sweepThresholds ?? [flags.edgeThreshold],
    cooldowns: sweepCooldowns ?? [flags.cooldownBins],
    tp_ticks: sweepTpTicks ?? [flags.tpTicks],
    sl_ticks: sweepSlTicks ?? [flags.slTicks],
    max_holds: sweepMaxHolds ?? [flags.maxHoldSnapshots],
  };
}

async function analyze(input: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const out = standardOutput(flags.json);
  const cancel = new AbortController();
  const onInterrupt = () => cancel.abort();
  Deno.addSignalListener("SIGINT", onInterrupt);
  try {
    const result = await analyse(optionsOf(input, flags, config), {
      jobs: flags.jobs,
      restream: flags.restream,
      signal: cancel.signal,
      onProgress: (share, note) => out.progress(share, note),
      onWarning: (message) => out.warning(message),
    });
    const path = await new ResultStore(config.dataDir).put(result);
    if (flags.jsonOutput !== undefined) {
      await Deno.writeTextFile(flags.jsonOutput, resultText(result));
    }
    out.done();
    console.log(flags.json ? resultText(result).trimEnd() : resultTables(result));
    if (!flags.json) console.error(`stored as ${path}`);
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
    out.done();
    console.error(`lotus: ${error.message}`);
    Deno.exitCode = error.code === "setting" ? EXIT.USAGE : EXIT.FAILED;
  } finally {
    Deno.removeSignalListener("SIGINT", onInterrupt);
    out.done();
  }
}
