import { DEFAULT_LAB, LabError, PRESETS } from "../../../engine/particle/mod.ts";
import {
  CourseRecorder,
  type LabReport,
  labReport,
} from "../../../engine/particle/evaluation/mod.ts";
import { LabFrames, type MarketFrame } from "../../../engine/particle/frames/mod.ts";
import { FrameMedium, type PresetName } from "../../../engine/particle/producers/mod.ts";
import { QUADRATIC_PROJECTION, StreamPipeline } from "../../../engine/pressure/mod.ts";
import { DirectionalSignals, signalRowsOf } from "../../../engine/signals/mod.ts";
import { openRun, type PlannedRun, type ReplayFeed } from "../../feeds/mod.ts";

const RECORDS_PER_PULL = 1_000;
/** Later than any record of a file, epoch ns. */
const FOREVER_NS = 1n << 64n;
/** Mids lie on half ticks. */
const MID_LATTICE_TICKS = 0.5;
/** Of these 600 are not scored; fewer would leave no block of the interval. */
const LEAST_TICKS = 1_000;

/** Which recording to run the lab over, and how. */
export interface FileOptions {
  /** A `.dbn` or `.dbn.zst` file of market-by-order records. */
  readonly file: string;
  /** Instrument name, path of a YAML file, or empty to go by the file's symbol. */
  readonly instrument: string;
  readonly preset: PresetName;
  /** Key of the interval's resamples and of the draws that break ties of coverage, 0..2^32 - 1. */
  readonly seed: number;
  /** @param share Of the file that was read, 0..1. */
  readonly onProgress?: (share: number, note: string) => void;
  readonly onWarning?: (message: string) => void;
}

/** What a recording came to. */
export interface FileEvaluation {
  readonly report: LabReport;
  /** Symbol of the instrument. */
  readonly symbol: string;
  /** Ticks whose book had no two sound sides. */
  readonly gaps: number;
  /** Producers of the preset that no feed of this run reached. */
  readonly unfed: readonly string[];
}

/**
 * Runs the lab, as it runs live, over a recording of an order book, and over its placebo. Options and
 * their surfaces are no part of a recording: producers that read them say nothing.
 *
 * The medium of every tick is kept until the end, 13 kB each.
 *
 * @throws {FeedError} When it is no market file, or no instrument fits.
 * @throws {DbnError} When the file is damaged.
 * @throws {LabError} `data` when it holds too few ticks to say anything.
 */
export async function evaluateFile(options: FileOptions): Promise<FileEvaluation> {
  const { file, instrument, preset, seed } = options;
  const planned = await openRun({ source: { kind: "file", path: file }, instrument, model: null });
  const recorder = new CourseRecorder();
  const medium = new FrameMedium(DEFAULT_LAB, PRESETS[preset]);
  const fed = new Set<string>();
  let [ticks, gaps] = [0, 0];
  await readFrames(planned, options, (frame) => {
    if (!frame.valid) return void gaps++;
    ticks++;
    recorder.take(frame, medium.take(frame));
    for (const { id } of PRESETS[preset]) if (!medium.producers.stale.includes(id)) fed.add(id);
  });
  if (ticks < LEAST_TICKS) {
    const rule = `must be at least ${LEAST_TICKS} with a sound book: it is ${ticks}`;
    throw new LabError("data", "ticks", `${rule} in "${file}"`);
  }
  const report = labReport(recorder.course(), recorder.placebo(), DEFAULT_LAB, {
    isGuarded: true,
    lattice: MID_LATTICE_TICKS,
    moveSq: "learned",
    seed,
  });
  const unfed = PRESETS[preset].map(({ id }) => id).filter((id) => !fed.has(id));
  return { report, symbol: planned.instrument.symbol, gaps, unfed };
}

/** Reads a recording to its end and tells every tick of it; closes the feed. */
async function readFrames(
  planned: PlannedRun<ReplayFeed>,
  { onProgress, onWarning }: FileOptions,
  onFrame: (frame: MarketFrame) => void,
): Promise<void> {
  const { feed, instrument, baseNs } = planned;
  const tap = new LabFrames({
    baseNs,
    dt: DEFAULT_LAB.dt,
    instrument,
    labTickNano: instrument.tick_int,
    onFrame,
  });
  const signals = new DirectionalSignals(instrument.cell_width_ms);
  const pipeline = new StreamPipeline(instrument, {
    ...planned.timing(planned.firstBin({ date: null, start: null })),
    projection: QUADRATIC_PROJECTION,
    onBin: (bin) => tap.takeBin(bin, signals.update(signalRowsOf(bin))),
    tap,
    ...(onWarning !== undefined && { onWarning }),
  });
  const sink = { mbo: pipeline.take.bind(pipeline) };
  try {
    while (await feed.pull(FOREVER_NS, RECORDS_PER_PULL, sink) !== "ended") {
      onProgress?.(feed.share, `${pipeline.eventCount.toLocaleString("en-US")} events`);
    }
  } finally {
    feed.close();
  }
}
