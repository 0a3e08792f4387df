import { z } from "zod";
import { newYorkDate, newYorkNs, newYorkText } from "../../engine/clock/mod.ts";
import type { InstrumentConfig } from "../../engine/pressure/mod.ts";
import { PressureModel, Regime, WallTime } from "../../modules/feed/contract.ts";
import { FeedError, isSeekable, type MarketFeed } from "./feed.ts";
import { instrumentFor } from "./instruments.ts";
import { LatentPlan, PlanSpec } from "./latent_plan.ts";
import { ReplayFeed } from "./replay_feed.ts";
import { SyntheticFeed } from "./synthetic_feed.ts";

/** A market file. */
const FileSource = z.strictObject({ kind: z.literal("file"), path: z.string() });

/** The embedded market. */
const SyntheticSource = z.strictObject({
  kind: z.literal("synthetic"),
  seed: z.int().min(0).max(4_294_967_295),
  /** Regime to hold, or null to follow the plan, or without one the seed. */
  regime: Regime.nullable(),
  /** Epoch ns of the opening snapshot. */
  startNs: z.bigint(),
  /** The latent market to follow; null lets the seed choose its regimes. */
  plan: PlanSpec.nullable(),
});

const RunPlanSchema = z.strictObject({
  source: z.discriminatedUnion("kind", [FileSource, SyntheticSource]),
  /** Name of a shipped instrument, path of a YAML file, or empty to go by the feed's symbol. */
  instrument: z.string(),
  /** Takes the place of the instrument's `pressure_model`. */
  model: PressureModel.nullable(),
});
/** Which market is to run through which instrument. */
export type RunPlan = z.infer<typeof RunPlanSchema>;

const RunStartSchema = z.strictObject({
  /** Date, or null for the one of the recording's first event. */
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be YYYY-MM-DD").nullable(),
  /** Time, or null for the first event. */
  start: WallTime.nullable(),
});
/** First bin of a run in New York time. */
export type RunStart = z.infer<typeof RunStartSchema>;

/** How the times of a run are counted, as every pipeline takes it. */
export interface RunTiming {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** Offset of the first bin, or 0 for the first event. */
  readonly emitAfterNs: number;
  /** Offset from which events move the ticks, 0 = always. */
  readonly warmupStartNs: number;
  readonly symbolOf: (instrumentId: number) => string | null;
}

const DAY_NS = 86_400_000_000_000n;

/** Offsets count from a month before the session, so that times of old orders are above 0 too. */
const BASE_BEFORE_DAYS = 32n;

/** Stretch before a given start in which events move the ticks and no bin is made, ns. */
const WARMUP_NS = 1_800e9;

/** Epoch ns that the offsets of a run count from, by the time at which its feed starts. */
export function baseNsOf(startNs: bigint): bigint {
  const day = startNs / DAY_NS;
  return day > BASE_BEFORE_DAYS ? (day - BASE_BEFORE_DAYS) * DAY_NS : 0n;
}

/** An open feed with the instrument that fits it: what every run of a market begins with. */
export class PlannedRun<F extends MarketFeed = MarketFeed> {
  readonly feed: F;
  readonly instrument: InstrumentConfig;
  /** Name of the instrument's file. */
  readonly instrumentName: string;
  /** Epoch ns of the feed's first event; 0 when it does not say. */
  readonly firstEventNs: bigint;

  constructor(feed: F, instrumentName: string, instrument: InstrumentConfig) {
    this.feed = feed;
    this.instrumentName = instrumentName;
    this.instrument = instrument;
    this.firstEventNs = feed.startNs ?? 0n;
  }

  /** Epoch ns that offsets count from. */
  get baseNs(): bigint {
    return baseNsOf(this.firstEventNs);
  }

  /**
   * First bin that is asked for, epoch ns; null leaves it to the first event.
   *
   * @throws {FeedError} `out_of_range` when the recording does not hold it, `bad_plan` when it is no
   *   New York time.
   */
  firstBin(wanted: RunStart): bigint | null {
    const { date, start } = checked(RunStartSchema, wanted);
    const { feed } = this;
    const { startNs, endNs } = feed;
    if (date === null && start === null) return this.#afterSnapshot();
    if (!isSeekable(feed) || startNs === null) {
      throw new FeedError(
        "out_of_range",
        "Cannot choose the start of a market without a recording",
      );
    }
    const firstDate = newYorkDate(startNs);
    const lastDate = endNs === null || endNs <= startNs ? firstDate : newYorkDate(endNs - 1n);
    const day = date ?? firstDate;
    if (day < firstDate || day > lastDate) {
      const range = firstDate === lastDate ? firstDate : `${firstDate} to ${lastDate}`;
      throw new FeedError(
        "out_of_range",
        `Cannot replay ${day} as the file holds ${range}, New York dates`,
      );
    }
    if (start === null && day === firstDate) return this.#afterSnapshot();
    const atNs = newYorkNs(day, start ?? "00:00");
    const cellNs = BigInt(this.instrument.cell_width_ms * 1_000_000);
    if (atNs < startNs - cellNs || (endNs !== null && atNs >= endNs)) {
      throw new FeedError(
        "out_of_range",
        `Cannot start at ${day} ${start} New York time as the file runs from ` +
          `${newYorkText(startNs)} to ${endNs === null ? "its end" : newYorkText(endNs)}`,
      );
    }
    return atNs;
  }

  /**
   * How a pipeline counts the times of this run. With a first bin the warm-up is the half hour before
   * it, but does not begin before the feed's own first event, so that an opening snapshot is booked and
   * is no flow.
   *
   * @param firstBinNs Epoch ns, or null when the first event opens the first bin.
   */
  timing(firstBinNs: bigint | null): RunTiming {
    const { baseNs, feed: { symbolOf } } = this;
    const emitAfterNs = firstBinNs === null ? 0 : Number(firstBinNs - baseNs);
    const firstEventNs = Number(this.firstEventNs - baseNs);
    const warmupStartNs = emitAfterNs === 0 ? 0 : Math.max(emitAfterNs - WARMUP_NS, firstEventNs);
    return { baseNs, emitAfterNs, warmupStartNs, symbolOf };
  }

  /**
   * A recording that opens with a snapshot begins after it: the orders in it are as old as they are,
   * and booked they are no flow.
   */
  #afterSnapshot(): bigint | null {
    return this.feed.opensWithSnapshot ? this.feed.startNs : null;
  }
}

/** A plan over a market file. */
export type FilePlan = RunPlan & { readonly source: { readonly kind: "file" } };

/**
 * Opens the feed of a plan and finds its instrument. Reads no more of a file than its beginning.
 *
 * @throws {FeedError} When the file or the instrument is missing, or the plan breaks a rule.
 * @throws {DbnError} When the file's beginning is damaged.
 */
export async function openRun(plan: FilePlan): Promise<PlannedRun<ReplayFeed>>;
export async function openRun(plan: RunPlan): Promise<PlannedRun>;
export async function openRun(plan: RunPlan): Promise<PlannedRun> {
  const { source, instrument, model } = checked(RunPlanSchema, plan);
  const feed = await openSource(source);
  try {
    const own = source.kind === "synthetic" ? "synthetic" : "";
    const { name, config } = await instrumentFor(instrument || own, feed.symbol);
    const chosen = model === null ? config : { ...config, pressure_model: model };
    return new PlannedRun(feed, name, chosen);
  } catch (error) {
    feed.close();
    throw error;
  }
}

async function openSource(source: RunPlan["source"]): Promise<MarketFeed> {
  if (source.kind === "file") return await ReplayFeed.open(source.path);
  const { seed, regime, startNs, plan } = source;
  return new SyntheticFeed(seed, regime, startNs, plan === null ? null : new LatentPlan(plan));
}

/** The value by its schema. @throws {FeedError} `bad_plan`, naming the first field that breaks a rule. */
function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw new FeedError("bad_plan", `Cannot plan the run as ${field} is wrong: ${issue?.message}`);
}
