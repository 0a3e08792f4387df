import { newYorkDate, newYorkText } from "../../../engine/clock/mod.ts";
import type { PressureModel } from "../../../engine/pressure/mod.ts";
import type { Clock } from "../../kit/mod.ts";
import { type FeedSink, openRun, type ReplayFeed } from "../../feeds/mod.ts";
import { Run } from "./_run.ts";

/** Records taken between two looks at the number of bins. */
const RECORDS_PER_STEP = 1_000;
/** Later than any record of a file, epoch ns. */
const FOREVER_NS = 1n << 64n;

/** What to time. */
export interface CoreBenchOptions {
  readonly file: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  /** New York `HH:MM[:SS]` of the first bin, or null for the first event. */
  readonly start: string | null;
  readonly date: string | null;
  readonly model: PressureModel | null;
  /** Bins after which the run ends; 0 runs to the end of the file. */
  readonly maxBins: number;
  /** End with an error at the first price outside the grid. */
  readonly failOnOutOfRange: boolean;
  readonly clock: Clock;
  readonly onProgress?: (share: number, note: string) => void;
  readonly onWarning?: (message: string) => void;
}

/** What a run over the full grid came to. */
export interface CoreBenchResult {
  readonly instrument: string;
  /** New York date of the first bin. */
  readonly date: string;
  /** New York time of the first bin. */
  readonly start: string;
  readonly model: PressureModel;
  readonly rows_per_grid: number;
  readonly cell_width_ms: number;
  readonly bins: number;
  readonly last_event_id: number;
  /** From the start of the first bin to the end of the last, s. */
  readonly replay_span_s: number;
  readonly wall_s: number;
  readonly bins_per_s: number;
  readonly events_per_s: number;
}

/** Ends a run that has its bins, from within the engine. */
class EnoughBins extends Error {}

/**
 * Times the engine over the full grid of a file, without pacing.
 *
 * @throws {BookError} When it is to fail on a price outside the grid and meets one.
 * @throws {FeedError} When it is no market file, no instrument fits, or the file does not hold the start.
 * @throws {DbnError} When the file is damaged before the last bin.
 */
export async function benchCore(options: CoreBenchOptions): Promise<CoreBenchResult> {
  const { clock, maxBins, file, instrument, model } = options;
  const planned = await openRun({ source: { kind: "file", path: file }, instrument, model });
  const { feed } = planned;
  try {
    let lastEventId = 0;
    const run: Run = new Run(planned, {
      mode: "core",
      start: options.start,
      date: options.date,
      projection: { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 },
      bins: null,
      strict: options.failOnOutOfRange,
      onWarning: options.onWarning ?? (() => {}),
      onBin: () => {
        lastEventId = run.pipeline.eventCount;
        // The bins of one long silence close at one event, so the record loop would look too late.
        if (run.pipeline.binCount === maxBins) throw new EnoughBins();
      },
    });
    const beganMs = clock.nowMs();
    await playAll(run, feed, (note) => options.onProgress?.(feed.share, note));
    const wallS = (clock.nowMs() - beganMs) / 1_000;
    return resultOf(run, lastEventId, wallS);
  } finally {
    feed.close();
  }
}

async function playAll(run: Run, feed: ReplayFeed, tell: (note: string) => void): Promise<void> {
  const { pipeline } = run;
  const sink: FeedSink = { mbo: (block) => pipeline.take(block) };
  try {
    while (true) {
      const got = await feed.pull(FOREVER_NS, RECORDS_PER_STEP, sink);
      tell(`${pipeline.eventCount} events, ${pipeline.binCount} bins`);
      if (got === "ended") return pipeline.finish();
    }
  } catch (error) {
    if (!(error instanceof EnoughBins)) throw error;
  }
}

function resultOf(run: Run, lastEventId: number, wallS: number): CoreBenchResult {
  const { instrument, pipeline, facts } = run;
  const cellS = instrument.cell_width_ms / 1_000;
  const { firstEndNs, lastEndNs } = facts;
  const spanS = firstEndNs === null || lastEndNs === null
    ? 0
    : Number(lastEndNs - firstEndNs) / 1e9 + cellS;
  return {
    instrument: instrument.symbol,
    date: newYorkDate(run.startNs),
    start: newYorkText(run.startNs).slice(11),
    model: instrument.pressure_model,
    rows_per_grid: instrument.n_absolute_ticks,
    cell_width_ms: instrument.cell_width_ms,
    bins: pipeline.binCount,
    last_event_id: lastEventId,
    replay_span_s: spanS,
    wall_s: wallS,
    bins_per_s: wallS > 0 ? pipeline.binCount / wallS : 0,
    events_per_s: wallS > 0 ? lastEventId / wallS : 0,
  };
}

/** The result as lines for people. */
export function coreBenchLines(result: CoreBenchResult): string {
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  const rows: readonly (readonly [string, string])[] = [
    ["instrument", `${result.instrument}, ${result.model} model`],
    ["date", result.date],
    ["start", `${result.start} New York`],
    ["rows per grid", count(result.rows_per_grid)],
    ["cell width", `${result.cell_width_ms} ms`],
    ["bins emitted", count(result.bins)],
    ["last event id", count(result.last_event_id)],
    ["replay span", `${result.replay_span_s.toFixed(3)} s`],
    ["wall", `${result.wall_s.toFixed(3)} s`],
    ["bins/s", count(result.bins_per_s)],
    ["events/s", count(result.events_per_s)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(16)}${value}`).join("\n");
}
