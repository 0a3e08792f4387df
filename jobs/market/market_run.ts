import { FeedError } from "../feeds/mod.ts";
import { Pace } from "../kit/worker.ts";
import type { Market } from "./market.ts";
import type { RuntimeConfig } from "./protocol.ts";

/** Bins of history that a seek and a start provide. */
export const HISTORY_BINS = 1_200;

/** A schedule that is later than this starts anew from now: the machine slept. */
const REBASE_AFTER_MS = 30_000;

/** Bins of one step at speed "max". */
const BINS_PER_STEP = 64;

/** Exchange time of one step while nobody follows the bins as they come, ns. */
const UNWATCHED_NS = 1_000_000_000;

const NS_PER_MS = 1_000_000;

/** One opened market on its way: how fast it goes, where it is to stop, and its next step. */
export class MarketRun {
  readonly market: Market;
  readonly config: RuntimeConfig;
  readonly pace: Pace;
  /** Whether somebody follows the bins as they come; else those of a second are made together. */
  isWatched = true;
  #ended = false;
  /** Where the seek that is under way began, ns offset; null when none is. */
  #soughtFromNs: number | null = null;

  /**
   * @param start How fast it goes, and whether it stands when its history is made.
   * @param liveFromNs Offset up to which bins are history; null when the first event decides.
   */
  constructor(
    { market, config, liveFromNs }: {
      readonly market: Market;
      readonly config: RuntimeConfig;
      readonly liveFromNs: number | null;
    },
    start: {
      readonly nowMs: () => number;
      readonly speed: number | "max";
      readonly paused: boolean;
    },
  ) {
    this.market = market;
    this.config = config;
    this.pace = new Pace(start.nowMs, NS_PER_MS, start.speed, start.paused);
    this.pace.rebase(liveFromNs ?? NaN);
    // The synthetic market keeps to the wall clock: what making its history took, it catches up.
    if (liveFromNs !== null) this.#aim(liveFromNs, market.seekable);
  }

  get phase(): "seeking" | "paused" | "live" | "ended" {
    if (this.#ended) return "ended";
    if (this.pace.goal !== null) return "seeking";
    return this.pace.isPaused ? "paused" : "live";
  }

  /** How far the bins are behind their schedule, ms. */
  get lagMs(): number {
    if (this.phase !== "live" || this.pace.speed === "max") return 0;
    const waitMs = this.pace.msUntil(this.market.closedUntilNs + this.#stepNs);
    return Number.isNaN(waitMs) ? 0 : Math.max(0, -waitMs);
  }

  /** Exchange time per wall time; 0 while it stands, makes its history, or waits for nothing. */
  get rate(): number {
    const { speed } = this.pace;
    return this.phase === "live" && speed !== "max" ? speed : 0;
  }

  /** Time that is due, ns offset: where the schedule stands, else where the bins do; NaN when unknown. */
  get dueNs(): number {
    const { closedUntilNs } = this.market;
    return this.rate === 0 ? closedUntilNs : Math.max(closedUntilNs, this.pace.due());
  }

  /**
   * One bounded step of whatever the phase asks for, else of what has waited; ms to wait before the next,
   * Infinity at a standstill.
   */
  async step(): Promise<number> {
    const waitMs = await this.#step();
    return waitMs > 0 && this.market.workLate() ? 0 : waitMs;
  }

  async #step(): Promise<number> {
    const { market, pace, phase } = this;
    if (phase === "ended" || phase === "paused") return Infinity;
    if (pace.goal === null && !market.ended) return await this.#stepLive();
    if (pace.goal !== null && !await market.step(pace.goal.to)) return 0;
    pace.arrive();
    this.#soughtFromNs = null;
    if (market.ended) {
      this.#ended = true;
      pace.clear();
    }
    return 0;
  }

  /** Goes on; the time that passed in a pause is not made up. */
  resume(): void {
    const { pace, market } = this;
    const stood = pace.isPaused && pace.goal === null;
    pace.resume();
    if (stood) pace.rebase(market.closedUntilNs);
  }

  /** Goes `bins` bins on from where it stands. @throws {FeedError} When it has no time yet. */
  stepBins(bins: number): void {
    const from = this.#positionNs();
    if (Number.isNaN(from)) {
      throw new FeedError("not_seekable", "Cannot step as the feed has no time yet");
    }
    this.pace.aim(from, from + bins * this.market.cellNs);
  }

  /** Keeps the place inside the open bin, and forgives a lag. */
  setSpeed(speed: number | "max"): void {
    const { pace, market, phase } = this;
    const here = market.closedUntilNs;
    const dueNs = pace.due();
    const known = phase === "live" && !Number.isNaN(dueNs);
    const at = known ? Math.min(Math.max(dueNs, here), here + market.cellNs) : here;
    pace.setSpeed(speed, at);
  }

  /**
   * Goes to a time of the recording, with the history before it.
   *
   * @returns Whether readers must forget what they have.
   * @throws {FeedError} When the feed cannot go there.
   */
  async seek(tsNs: bigint): Promise<boolean> {
    const { market } = this;
    const { startNs, feed: { endNs } } = market;
    if (!market.seekable || startNs === null) {
      throw new FeedError("not_seekable", "Cannot seek as the synthetic market only moves forward");
    }
    if (tsNs < startNs || (endNs !== null && tsNs > endNs)) {
      throw new FeedError(
        "not_seekable",
        `Cannot seek outside the file, ${startNs} to ${endNs ?? "its end"}: ${tsNs}`,
      );
    }
    const fromNs = this.#soughtFromNs ?? this.#positionNs();
    const forget = await this.goTo(Number(tsNs - market.baseNs));
    this.#soughtFromNs = fromNs;
    return forget;
  }

  /**
   * Gives up a seek: goes back to where it began, from the nearest checkpoint before.
   *
   * @returns Whether readers must forget what they have.
   * @throws {FeedError} When none is under way.
   */
  async cancelSeek(): Promise<boolean> {
    const fromNs = this.#soughtFromNs;
    if (fromNs === null || Number.isNaN(fromNs)) {
      throw new FeedError("not_running", "Cannot cancel as no seek is under way");
    }
    return await this.goTo(fromNs);
  }

  /** Goes to an offset. @returns Whether readers must forget what they have. */
  async goTo(toNs: number): Promise<boolean> {
    const forget = await this.market.aim(toNs, HISTORY_BINS);
    this.#soughtFromNs = null;
    this.#ended = false;
    this.#aim(toNs, true);
    return forget;
  }

  /** Exchange time that has to pass before the next step, ns. */
  get #stepNs(): number {
    const { cellNs } = this.market;
    return this.isWatched ? cellNs : Math.max(cellNs, UNWATCHED_NS);
  }

  #aim(toNs: number, rebase: boolean): void {
    this.market.setHistoryUntil(toNs);
    this.pace.aim(this.#positionNs(), toNs, rebase);
  }

  /** End of the last bin, or before the first bin the first event, ns offset; NaN when unknown. */
  #positionNs(): number {
    const { closedUntilNs, feed: { startNs }, baseNs } = this.market;
    if (!Number.isNaN(closedUntilNs) || startNs === null) return closedUntilNs;
    return Number(startNs - baseNs);
  }

  async #stepLive(): Promise<number> {
    const { market, pace } = this;
    const { closedUntilNs: here, cellNs } = market;
    if (Number.isNaN(here) || pace.speed === "max") {
      const max = Number.isNaN(here) ? Number.MAX_SAFE_INTEGER : here + BINS_PER_STEP * cellNs;
      await market.step(max);
      pace.rebase(market.closedUntilNs);
      return 0;
    }
    const waitMs = pace.msUntil(here + this.#stepNs);
    if (waitMs > 0) return waitMs;
    if (-waitMs > REBASE_AFTER_MS) pace.rebase(here);
    const wholeBins = Math.max(1, Math.floor((pace.due() - here) / cellNs));
    await market.step(here + wholeBins * cellNs);
    return 0;
  }
}
