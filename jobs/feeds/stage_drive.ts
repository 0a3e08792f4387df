import type { MboBlock } from "../../engine/dbn/mod.ts";
import { type Stage, stagesOf } from "../../engine/stage/mod.ts";
import type { FeedSink, MarketFeed, Pulled } from "./feed.ts";

/** Bins that one step may close, so that nobody waits long for it. */
const BINS_PER_STEP = 64;

/** Records that one step may take. */
const RECORDS_PER_STEP = 20_000;

/** A stage with bins of one width, which pace whatever runs beside it. */
export interface PacingStage extends Stage<MboBlock> {
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** Width of a bin, ns. */
  readonly cellNs: number;
  /** Offset of the first bin, or 0 for the first event. */
  readonly emitAfterNs: number;
  /** End of the open bin, ns offset; NaN before the first. */
  readonly nextBinEndNs: number;
  /** Opens the first bin: every event before it was taken. */
  openFirstBin(): void;
}

/** Takes a feed through stages in bounded steps, bin by bin. Knows exchange time only. */
export class StageDrive {
  /** All stages as one. */
  readonly stages: Stage<MboBlock>;
  readonly #feed: MarketFeed;
  readonly #lead: PacingStage;
  readonly #sink: FeedSink;

  /**
   * @param lead The stage that paces.
   * @param ahead What takes every record, and closes every stretch of time, before it does.
   */
  constructor(feed: MarketFeed, lead: PacingStage, ahead: readonly Stage<MboBlock>[] = []) {
    this.#feed = feed;
    this.#lead = lead;
    const [first = lead, ...rest] = [...ahead, lead];
    const all = stagesOf([first, ...rest]);
    this.stages = all;
    this.#sink = { mbo: (block) => all.take(block) };
  }

  /**
   * Takes one step towards `goalNs`, of at most 64 bins or 20,000 records.
   *
   * @param goalNs Offset.
   * @returns `due` when the goal was reached and every bin up to it is closed, `more` when it was not,
   *   `ended` when the feed was: its stages are finished then.
   * @throws {DbnError} When the source is broken; what came before it was taken.
   */
  async step(goalNs: number): Promise<Pulled> {
    const lead = this.#lead;
    if (Number.isNaN(lead.nextBinEndNs)) return await this.#stepToFirstBin(goalNs);
    const untilNs = Math.min(goalNs, lead.nextBinEndNs + BINS_PER_STEP * lead.cellNs);
    const got = await this.#pull(untilNs, RECORDS_PER_STEP);
    if (got === "due") this.stages.closeUntil(untilNs);
    return got === "due" && untilNs < goalNs ? "more" : got;
  }

  /**
   * Before the first bin nobody knows when one ends. A run with a given start takes its warm-up at
   * full width and opens the bin itself; else records come one at a time until one opens it.
   */
  async #stepToFirstBin(goalNs: number): Promise<Pulled> {
    const lead = this.#lead;
    if (lead.emitAfterNs > 0) {
      const untilNs = Math.min(goalNs, lead.emitAfterNs);
      const got = await this.#pull(untilNs, RECORDS_PER_STEP);
      if (got === "due" && untilNs === lead.emitAfterNs) lead.openFirstBin();
      return got === "due" && untilNs < goalNs ? "more" : got;
    }
    for (let taken = 0; taken < RECORDS_PER_STEP; taken++) {
      const got = await this.#pull(goalNs, 1);
      if (got !== "more" || !Number.isNaN(lead.nextBinEndNs)) return got;
    }
    return "more";
  }

  async #pull(untilNs: number, maxRecords: number): Promise<Pulled> {
    const got = await this.#feed.pull(
      this.#lead.baseNs + BigInt(untilNs),
      maxRecords,
      this.#sink,
    );
    if (got === "ended") this.stages.finish();
    return got;
  }
}
