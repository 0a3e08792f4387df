import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { FeedCommand, FeedPhase, FeedState } from "../../modules/feed/contract.ts";
import { FeedError } from "../feeds/mod.ts";
import { type Clock, PacedLoop } from "../kit/worker.ts";
import type { LatencySettings } from "./latency/mod.ts";
import { HISTORY_BINS, MarketRun } from "./market_run.ts";
import { MarketVoice } from "./_market_voice.ts";
import { type OpenedMarket, openMarket } from "./open.ts";
import { buffersOf, type MarketSpec } from "./protocol.ts";
import type { SignalStretch } from "./signal_ledger.ts";
import type { MarketHostPort } from "./worker_contract.ts";

/** How often the state is sent when nothing changes, ms. */
const STATE_EVERY_MS = 1_000;

/**
 * Drives a market by the clock: opens feeds, paces bins, obeys commands, reports state. One loop, one
 * thing at a time; a command waits at most for the step that runs.
 */
export class MarketRunner {
  readonly #clock: Clock;
  readonly #host: MarketHostPort;
  readonly #loop: PacedLoop;
  readonly #voice: MarketVoice;
  /** The newest control timeline that came since this runner began, for feeds opened by an older spec. */
  #timeline: ControlTimeline | null = null;
  #spec: MarketSpec | null = null;
  #run: MarketRun | null = null;
  /** Why the feed does not go on; null while it does. */
  #failure: string | null = null;
  /** Whether the last step was left out as too many bins are under way. */
  #waitsForCredit = false;
  #reported: FeedState | null = null;
  /** Whether somebody follows the bins as they come. */
  #isWatched = true;

  /**
   * @param host Is told what the main thread is to know.
   * @param breathe Lets messages in between two steps; one turn of the event loop when omitted.
   */
  constructor(clock: Clock, host: MarketHostPort, breathe?: () => Promise<void>) {
    this.#clock = clock;
    this.#host = host;
    this.#voice = new MarketVoice(clock, host);
    this.#loop = new PacedLoop({
      clock,
      step: () => this.#step(),
      report: () => this.#tell(),
      reportEveryMs: STATE_EVERY_MS,
      onFailure: (error) => this.#fail(error),
      breathe,
    });
    host.onGrant = () => {
      if (this.#waitsForCredit) this.#loop.wake();
    };
  }

  /**
   * Opens a feed in place of the running one, which goes on when the other cannot be opened.
   *
   * @returns The state after it; without a running feed a failure is its phase "error".
   * @throws {FeedError} When the feed cannot be opened and another one runs.
   */
  open(spec: MarketSpec): Promise<FeedState> {
    return this.#loop.between(async () => {
      await this.#open(spec, false);
      return this.#report();
    });
  }

  /**
   * Runs a command.
   *
   * @returns The state after it.
   * @throws {FeedError} When the feed refuses.
   */
  command(command: FeedCommand): Promise<FeedState> {
    return this.#loop.between(async () => {
      try {
        await this.#obey(command);
        return this.#report();
      } catch (error) {
        if (!(error instanceof FeedError)) this.#fail(error);
        throw error;
      }
    });
  }

  /** Somebody begins or ceases to follow the bins as they come. */
  setWatched(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (this.#run !== null) this.#run.isWatched = isWatched;
    if (isWatched) this.#loop.wake();
  }

  /** Measures what the bins of every feed that is opened from now on take. */
  measure(settings: LatencySettings): void {
    this.#voice.measure(settings);
  }

  /** The directional signals over the bins `from` to `to`; null when one of them is not kept. */
  signals(from: number, to: number): SignalStretch | null {
    return this.#run?.market.signals(from, to) ?? null;
  }

  /** Takes the control timeline after a change. */
  control(timeline: ControlTimeline): void {
    this.#timeline = timeline;
    this.#run?.market.follow(timeline);
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#loop.stop();
  }

  /** Runs until {@link MarketRunner.stop}. Failures of a feed become the phase "error". */
  async run(): Promise<void> {
    await this.#loop.run();
    this.#run?.market.feed.close();
    this.#voice.close();
  }

  get #phase(): FeedPhase {
    return this.#failure !== null ? "error" : this.#run?.phase ?? "opening";
  }

  async #step(): Promise<number> {
    const run = this.#run;
    this.#waitsForCredit = this.#spec !== null && this.#host.inFlight >= this.#spec.maxInFlight;
    if (run === null || this.#failure !== null || this.#waitsForCredit) return STATE_EVERY_MS;
    const before = run.phase;
    const waitMs = await run.step();
    if (run.phase === "ended" && before !== "ended") this.#noteEnd(run);
    if (run.phase !== before) this.#loop.report();
    return waitMs;
  }

  #noteEnd({ market }: MarketRun): void {
    const { feed: { name }, eventCount: events, binCount: bins, emitAfterNs } = market;
    if (bins > 0) return this.#voice.log("info", "feed_ended", { name, events, bins });
    const after = emitAfterNs > 0 ? " at or after the given start" : "";
    throw new FeedError("out_of_range", `Cannot show ${name} as it has no event${after}`);
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#failure = message;
    this.#run?.pace.clear();
    this.#voice.log("error", "feed_failed", { source: this.#spec?.source ?? null, message });
    this.#loop.report();
  }

  /** Opens a feed, and only then closes the running one; without one a failure becomes the phase "error". */
  async #open(spec: MarketSpec, paused: boolean): Promise<void> {
    const isRunning = this.#run !== null && this.#failure === null;
    if (!isRunning) this.#leave(spec);
    let opened: OpenedMarket;
    try {
      opened = await this.#openMarket(spec);
    } catch (error) {
      if (!isRunning) return this.#fail(error);
      const message = error instanceof Error ? error.message : String(error);
      this.#voice.log("warn", "feed_refused", { source: spec.source, message });
      throw error instanceof FeedError
        ? error
        : new FeedError("unreadable", message, { cause: error });
    }
    if (isRunning) this.#leave(spec);
    const { market, config } = opened;
    if (this.#timeline !== null) market.follow(this.#timeline);
    this.#host.notify("config", config);
    const { model, feed: { name, symbol } } = market;
    this.#voice.log("info", "feed_opened", { name, symbol, model, speed: spec.speed });
    const start = { nowMs: () => this.#clock.nowMs(), speed: spec.speed, paused };
    this.#run = new MarketRun(opened, start);
    this.#run.isWatched = this.#isWatched;
  }

  /** Forgets the feed that ran or failed, for another one. */
  #leave(spec: MarketSpec): void {
    this.#run?.market.feed.close();
    if (this.#spec !== null) this.#host.notify("reset", "feed switched");
    this.#run = null;
    this.#spec = spec;
    this.#failure = null;
    this.#voice.resetRates();
    this.#loop.report();
  }

  #openMarket(spec: MarketSpec): Promise<OpenedMarket> {
    const { latency } = this.#voice;
    return openMarket(spec, this.#clock, HISTORY_BINS, {
      onBin: (bin) => this.#host.send("bin", bin, buffersOf(bin)),
      onSurfaces: (window) => this.#host.notify("surfaces", window, [window.buffer]),
      onWarning: (message) => this.#voice.warn(message),
      ...(latency !== null && { latency }),
      onRefusedBook: (file, code, why) =>
        this.#voice.log("warn", "book_cache_refused", { file, code, why }),
    });
  }

  async #obey(command: FeedCommand): Promise<void> {
    const run = this.#run;
    if (run === null) throw new FeedError("unreadable", "Cannot obey as no feed is open");
    switch (command.op) {
      case "pause":
        this.#checkRunning(command.op);
        return run.pace.pause();
      case "resume":
        this.#checkRunning(command.op);
        return run.resume();
      case "step":
        if (this.#phase !== "paused") {
          throw new FeedError("not_seekable", "Cannot step as the feed is not paused");
        }
        return run.stepBins(command.bins);
      case "seek":
        return this.#sought(run, await run.seek(BigInt(command.tsNs)));
      case "cancel":
        return this.#sought(run, await run.cancelSeek());
      case "speed":
        return run.setSpeed(command.speed);
      case "regime":
        return run.market.setRegime(command.regime);
      case "model":
        return await this.#switchModel(run, command.model);
      case "open":
        throw new FeedError("unreadable", "Cannot open a feed inside a feed");
    }
  }

  #checkRunning(what: "pause" | "resume"): void {
    if (this.#failure !== null) {
      throw new FeedError("not_running", `Cannot ${what} as the feed failed: ${this.#failure}`);
    }
    if (this.#phase === "ended") {
      throw new FeedError("not_running", `Cannot ${what} as the recording ended`);
    }
  }

  /** A run is on its way to another time. @param forget Whether readers must forget what they have. */
  #sought(run: MarketRun, forget: boolean): void {
    this.#failure = null;
    this.#voice.resetRates();
    if (!forget) return;
    this.#host.notify("reset", "sought");
    this.#host.notify("config", run.config);
  }

  async #switchModel(run: MarketRun, model: "complete" | "compat"): Promise<void> {
    const spec = this.#spec;
    if (spec === null || run.market.model === model) return;
    const at = run.market.closedUntilNs;
    await this.#open({ ...spec, model, speed: run.pace.speed }, run.pace.isPaused);
    if (this.#run === null) {
      throw new FeedError("unreadable", this.#failure ?? "Cannot open the feed again");
    }
    if (this.#run.market.seekable && !Number.isNaN(at)) await this.#run.goTo(at);
  }

  /** Tells the state of now and gives it back. */
  #report(): FeedState {
    this.#loop.report();
    return this.#reported ?? this.#tell();
  }

  #tell(): FeedState {
    this.#reported = this.#voice.report(this.#spec, this.#run, this.#phase, this.#failure);
    return this.#reported;
  }
}
