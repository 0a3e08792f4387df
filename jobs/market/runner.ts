import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { FeedCommand, FeedPhase, FeedState } from "../../modules/feed/contract.ts";
import type { LatencyMeter, LatencySettings } from "./latency/mod.ts";
import { type Clock, Pacer, Rate, turnOfEventLoop, WarningGate } from "../kit/mod.ts";
import { FeedError } from "../feeds/mod.ts";
import type { Market } from "./market.ts";
import { openMarket } from "./open.ts";
import { newMeter } from "./_meter.ts";
import type { FromWorker, MarketSpec } from "./protocol.ts";
import type { Goal, Task } from "./_runner_types.ts";
import { feedState } from "./state.ts";

/** How often the state is sent when nothing changes, ms. */
const STATE_EVERY_MS = 1_000;

/** Bins of history that a seek and a start provide. */
const HISTORY_BINS = 1_200;

/** A schedule that is later than this starts anew from now: the machine slept. */
const REBASE_AFTER_MS = 30_000;

/**
 * Drives a market by the clock: opens feeds, paces bins, obeys commands, reports state. One loop, one
 * thing at a time; a command waits at most for the step that runs.
 */
export class MarketRunner {
  readonly #clock: Clock;
  readonly #post: (message: FromWorker) => void;
  readonly #breathe: () => Promise<void>;
  readonly #warnings = new WarningGate();
  readonly #tasks: Task[] = [];
  #wake = new AbortController();
  #running = true;
  #spec: MarketSpec | null = null;
  #market: Market | null = null;
  #phase: FeedPhase = "opening";
  #message: string | null = null;
  /** The newest control timeline that came since this runner began, for feeds opened by an older spec. */
  #timeline: ControlTimeline | null = null;
  #config: FromWorker | null = null;
  #pacer = new Pacer(0, 0, 1);
  #speed: number | "max" = 1;
  #goal: Goal | null = null;
  #inFlight = 0;
  #stateAtMs = -Infinity;
  #latency: LatencyMeter | null = null;
  readonly #eventRate = new Rate();
  readonly #binRate = new Rate();

  /**
   * @param post Takes what the main thread is to know.
   * @param breathe Lets messages in between two steps; one turn of the event loop when omitted.
   */
  constructor(clock: Clock, post: (message: FromWorker) => void, breathe = turnOfEventLoop) {
    this.#clock = clock;
    this.#post = post;
    this.#breathe = breathe;
  }

  /**
   * Opens a feed in place of the running one. Its end is posted as `done` with the same id; a failure
   * is told by the state.
   */
  open(id: number, spec: MarketSpec): void {
    this.#enqueue({ type: "open", id, spec });
  }

  /** Runs a command; its end is posted as `done` with the same id. */
  command(id: number, command: FeedCommand): void {
    this.#enqueue({ type: "command", id, command });
  }

  /** Measures what the bins of every feed that is opened from now on take. */
  measure(settings: LatencySettings): void {
    this.#latency?.close();
    this.#latency = newMeter(settings, this.#clock, (message) => this.#post(message));
  }

  /** Posts the directional signals over the bins `from` to `to` with the same id. */
  signals(id: number, from: number, to: number): void {
    this.#post({ type: "signals", id, stretch: this.#market?.signals(from, to) ?? null });
  }

  /** `bins` sent bins reached their reader. */
  ack(bins: number): void {
    this.#inFlight = Math.max(0, this.#inFlight - bins);
    this.#wake.abort();
  }

  /** Ends the loop after the step that runs. */
  stop(): void {
    this.#running = false;
    this.#wake.abort();
  }

  /** Runs until {@link MarketRunner.stop}. Failures of a feed become the phase "error". */
  async run(): Promise<void> {
    while (this.#running) {
      this.#wake = new AbortController();
      try {
        for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
          await this.#perform(task);
        }
        const waitMs = await this.#turn();
        this.#reportWhenDue();
        if (waitMs > 0 && this.#tasks.length === 0) {
          await this.#clock.sleep(Math.min(waitMs, STATE_EVERY_MS), this.#wake.signal);
        }
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#market?.feed.close();
    this.#latency?.close();
  }

  #enqueue(task: Task): void {
    this.#tasks.push(task);
    this.#wake.abort();
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#message = message;
    this.#goal = null;
    this.#log("error", "feed_failed", { source: this.#spec?.source ?? null, message });
    this.#setPhase("error");
  }

  #log(
    level: "info" | "warn" | "error",
    event: string,
    fields: Readonly<Record<string, string | number | null>>,
  ): void {
    this.#post({ type: "log", level, event, fields });
  }

  #warn(message: string): void {
    const heldBack = this.#warnings.pass(message, this.#clock.nowMs());
    if (heldBack !== null) this.#log("warn", "engine_warning", { message, heldBack });
  }

  async #perform(task: Task): Promise<void> {
    if (task.type === "open") {
      await this.#open(task.spec, "live");
      this.#post({ type: "done", id: task.id, error: null });
      return;
    }
    try {
      await this.#obey(task.command);
      this.#report();
      this.#post({ type: "done", id: task.id, error: null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#post({ type: "done", id: task.id, error: message });
      if (!(error instanceof FeedError)) throw error;
    }
  }

  /** Opens a feed; a failure becomes the phase "error". Returns the market, or null then. */
  async #open(spec: MarketSpec, then: Goal["then"]): Promise<Market | null> {
    this.#market?.feed.close();
    if (this.#spec !== null) this.#post({ type: "reset", reason: "feed switched" });
    this.#market = null;
    this.#config = null;
    this.#spec = spec;
    this.#speed = spec.speed;
    this.#message = null;
    this.#goal = null;
    this.#resetRates();
    this.#setPhase("opening");
    try {
      await this.#openMarket(spec, then);
    } catch (error) {
      this.#fail(error);
    }
    return this.#market;
  }

  async #openMarket(spec: MarketSpec, then: Goal["then"]): Promise<void> {
    const { market, config, liveFromNs } = await openMarket(spec, this.#clock, HISTORY_BINS, {
      onBin: (bin) => {
        this.#inFlight++;
        this.#post({ type: "bin", bin });
      },
      onWarning: (message) => this.#warn(message),
      ...(this.#latency !== null && { latency: this.#latency }),
      onRefusedBook: (file, code, why) =>
        this.#log("warn", "book_cache_refused", { file, code, why }),
    });
    if (this.#timeline !== null) market.follow(this.#timeline);
    this.#market = market;
    this.#config = { type: "config", config };
    this.#post(this.#config);
    const { name, symbol } = market.feed;
    this.#log("info", "feed_opened", { name, symbol, model: market.model, speed: spec.speed });
    this.#rebase(liveFromNs);
    // The synthetic market keeps to the wall clock: what making its history took, it catches up.
    if (liveFromNs !== null) this.#aimUnpaced(liveFromNs, then, market.seekable);
    else this.#setPhase(then);
  }

  #resetRates(): void {
    this.#eventRate.reset();
    this.#binRate.reset();
  }

  /** Puts `atNs` at now; null waits for the first bin to say where exchange time stands. */
  #rebase(atNs: number | null): void {
    const speed = this.#speed === "max" ? 1 : this.#speed;
    this.#pacer = new Pacer(atNs ?? NaN, this.#clock.nowMs(), speed);
  }

  #aimUnpaced(toNs: number, then: Goal["then"], rebase = true): void {
    this.#market?.setHistoryUntil(toNs);
    this.#goTo(toNs, then, rebase);
  }

  #goTo(toNs: number, then: Goal["then"], rebase = true): void {
    this.#goal = { fromNs: this.#positionNs(), toNs, then, rebase };
    this.#setPhase("seeking");
  }

  /** End of the last bin, or before the first bin the first event, ns offset; NaN when unknown. */
  #positionNs(): number {
    const market = this.#market;
    if (market === null) return NaN;
    const { startNs } = market.feed;
    if (!Number.isNaN(market.closedUntilNs) || startNs === null) return market.closedUntilNs;
    return Number(startNs - market.baseNs);
  }

  /** One step of whatever the phase asks for. Returns ms to wait before the next. */
  async #turn(): Promise<number> {
    const market = this.#market;
    const moving = this.#phase === "live" || this.#phase === "seeking";
    if (market === null || !moving) return STATE_EVERY_MS;
    if (this.#spec !== null && this.#inFlight >= this.#spec.maxInFlight) return STATE_EVERY_MS;
    if (this.#goal !== null) return await this.#turnToGoal(market, this.#goal);
    if (market.ended) {
      this.#finish(market);
      return STATE_EVERY_MS;
    }
    const waitMs = await this.#turnLive(market);
    if (waitMs === 0) await this.#breathe();
    return waitMs;
  }

  #finish(market: Market): void {
    this.#goal = null;
    if (market.binCount === 0) {
      const { name } = market.feed;
      const after = market.emitAfterNs > 0 ? " at or after the given start" : "";
      this.#fail(new FeedError("out_of_range", `Cannot show ${name} as it has no event${after}`));
      return;
    }
    this.#log("info", "feed_ended", {
      name: market.feed.name,
      events: market.eventCount,
      bins: market.binCount,
    });
    this.#setPhase("ended");
  }

  async #turnToGoal(market: Market, goal: Goal): Promise<number> {
    if (!await market.step(goal.toNs)) {
      await this.#breathe();
      return 0;
    }
    this.#goal = null;
    if (market.ended) this.#finish(market);
    else {
      if (goal.rebase) this.#pacer.rebase(goal.toNs, this.#clock.nowMs());
      this.#setPhase(goal.then);
    }
    return 0;
  }

  async #turnLive(market: Market): Promise<number> {
    const here = market.closedUntilNs;
    if (Number.isNaN(here) || this.#speed === "max") {
      await market.step(Number.isNaN(here) ? Number.MAX_SAFE_INTEGER : here + 64 * market.cellNs);
      this.#rebase(market.closedUntilNs);
      return 0;
    }
    const nowMs = this.#clock.nowMs();
    const nextEndNs = here + market.cellNs;
    const waitMs = this.#pacer.msUntil(nextEndNs, nowMs);
    if (waitMs > 0) return waitMs;
    if (-waitMs > REBASE_AFTER_MS) this.#pacer.rebase(here, nowMs);
    const dueNs = this.#pacer.dueNs(nowMs);
    const wholeBins = Math.max(1, Math.floor((dueNs - here) / market.cellNs));
    await market.step(here + wholeBins * market.cellNs);
    return 0;
  }

  /** Takes the control timeline after a change. */
  control(timeline: ControlTimeline): void {
    this.#timeline = timeline;
    this.#market?.follow(timeline);
  }

  async #obey(command: FeedCommand): Promise<void> {
    const market = this.#market;
    if (market === null || this.#spec === null) {
      throw new FeedError("unreadable", "Cannot obey as no feed is open");
    }
    switch (command.op) {
      case "pause":
        this.#checkRunning(command.op);
        if (this.#goal !== null) this.#goal = { ...this.#goal, then: "paused" };
        else if (this.#phase === "live") this.#setPhase("paused");
        return;
      case "resume":
        this.#checkRunning(command.op);
        if (this.#goal !== null) this.#goal = { ...this.#goal, then: "live" };
        if (this.#phase !== "paused") return;
        this.#rebase(market.closedUntilNs);
        this.#setPhase("live");
        return;
      case "step":
        if (this.#phase !== "paused") {
          throw new FeedError("not_seekable", "Cannot step as the feed is not paused");
        }
        this.#step(market, command.bins);
        return;
      case "seek":
        return await this.#seek(market, BigInt(command.tsNs));
      case "speed":
        this.#changeSpeed(market, command.speed);
        return;
      case "regime":
        market.setRegime(command.regime);
        return;
      case "model":
        return await this.#switchModel(market, command.model);
      case "open":
        throw new FeedError("unreadable", "Cannot open a feed inside a feed");
    }
  }

  #checkRunning(what: "pause" | "resume"): void {
    if (this.#phase === "ended") {
      throw new FeedError("not_running", `Cannot ${what} as the recording ended`);
    }
    if (this.#phase === "error") {
      throw new FeedError("not_running", `Cannot ${what} as the feed failed: ${this.#message}`);
    }
  }

  #step(market: Market, bins: number): void {
    const from = this.#positionNs();
    if (Number.isNaN(from)) {
      throw new FeedError("not_seekable", "Cannot step as the feed has no time yet");
    }
    this.#goTo(from + bins * market.cellNs, "paused");
  }

  /** Keeps the place inside the open bin, and forgives a lag. */
  #changeSpeed(market: Market, speed: number | "max"): void {
    const here = market.closedUntilNs;
    const dueNs = this.#pacer.dueNs(this.#clock.nowMs());
    this.#speed = speed;
    const known = this.#phase === "live" && !Number.isNaN(dueNs);
    this.#rebase(known ? Math.min(Math.max(dueNs, here), here + market.cellNs) : here);
  }

  async #seek(market: Market, tsNs: bigint): Promise<void> {
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
    const then = this.#phase === "paused" || this.#goal?.then === "paused" ? "paused" : "live";
    const toNs = Number(tsNs - market.baseNs);
    const forget = await market.aim(toNs, HISTORY_BINS);
    this.#message = null;
    this.#resetRates();
    if (forget) {
      this.#post({ type: "reset", reason: "sought" });
      if (this.#config !== null) this.#post(this.#config);
    }
    this.#aimUnpaced(toNs, then);
  }

  async #switchModel(market: Market, model: "complete" | "compat"): Promise<void> {
    const spec = this.#spec;
    if (spec === null || market.model === model) return;
    const at = market.closedUntilNs;
    const then = this.#phase === "paused" || this.#goal?.then === "paused" ? "paused" : "live";
    const opened = await this.#open({ ...spec, model, speed: this.#speed }, then);
    if (opened === null) {
      throw new FeedError("unreadable", this.#message ?? "Cannot open the feed again");
    }
    if (opened.seekable && !Number.isNaN(at)) {
      await opened.aim(at, HISTORY_BINS);
      this.#aimUnpaced(at, then);
    }
  }

  #setPhase(phase: FeedPhase): void {
    this.#phase = phase;
    this.#report();
  }

  #reportWhenDue(): void {
    if (this.#clock.nowMs() - this.#stateAtMs >= STATE_EVERY_MS) this.#report();
  }

  #report(): void {
    this.#stateAtMs = this.#clock.nowMs();
    this.#latency?.flush();
    if (this.#latency !== null) this.#post({ type: "latency", summary: this.#latency.summary });
    this.#post({ type: "state", state: this.#state() });
  }

  #state(): FeedState {
    const nowMs = this.#clock.nowMs();
    const events = this.#market?.eventCount ?? 0;
    const bins = this.#market?.binCount ?? 0;
    return feedState({
      spec: this.#spec,
      market: this.#market,
      phase: this.#phase,
      message: this.#message,
      speed: this.#speed,
      eventsPerSecond: this.#eventRate.update(nowMs, events),
      binsPerSecond: this.#binRate.update(nowMs, bins),
      lagMs: this.#lagMs(nowMs),
      goal: this.#goal,
    });
  }

  #lagMs(nowMs: number): number {
    const market = this.#market;
    if (market === null || this.#phase !== "live" || this.#speed === "max") return 0;
    const waitMs = this.#pacer.msUntil(market.closedUntilNs + market.cellNs, nowMs);
    return Number.isNaN(waitMs) ? 0 : Math.max(0, -waitMs);
  }
}
