import type { FeedCommand, FeedPhase, FeedState } from "../../modules/control/contract.ts";
import type { Clock } from "./clock.ts";
import { FeedError } from "./feed.ts";
import type { Market } from "./market.ts";
import { openMarket } from "./open.ts";
import { Pacer } from "./pacer.ts";
import type { FromWorker, MarketSpec } from "./protocol.ts";
import { Rate } from "./rate.ts";
import { feedState } from "./state.ts";

/** How often the state is sent when nothing changes, ms. */
const STATE_EVERY_MS = 1_000;

/** Bins of history that a seek and a start provide. */
const HISTORY_BINS = 1_200;

/** A schedule that is later than this starts anew from now: the machine slept. */
const REBASE_AFTER_MS = 30_000;

type Task =
  | { readonly type: "open"; readonly spec: MarketSpec }
  | { readonly type: "command"; readonly id: number; readonly command: FeedCommand };

/**
 * Drives a market by the clock: opens feeds, paces bins, obeys commands, reports state. One loop, one
 * thing at a time; a command waits at most for the step that runs.
 */
export class MarketRunner {
  readonly #clock: Clock;
  readonly #post: (message: FromWorker) => void;
  readonly #tasks: Task[] = [];
  #wake = new AbortController();
  #running = true;
  #spec: MarketSpec | null = null;
  #market: Market | null = null;
  #phase: FeedPhase = "opening";
  #message: string | null = null;
  #config: FromWorker | null = null;
  #pacer = new Pacer(0, 0, 1);
  #speed: number | "max" = 1;
  /** Where an unpaced stretch (warm-up, seek, step) ends and how it goes on. */
  #goal: { readonly fromNs: number; readonly toNs: number; readonly then: FeedPhase } | null = null;
  #inFlight = 0;
  #stateAtMs = -Infinity;
  readonly #eventRate = new Rate();
  readonly #binRate = new Rate();

  constructor(clock: Clock, post: (message: FromWorker) => void) {
    this.#clock = clock;
    this.#post = post;
  }

  /** Opens a feed in place of the running one. */
  open(spec: MarketSpec): void {
    this.#enqueue({ type: "open", spec });
  }

  /** Runs a command; its end is posted as `done` with the same id. */
  command(id: number, command: FeedCommand): void {
    this.#enqueue({ type: "command", id, command });
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
  }

  #enqueue(task: Task): void {
    this.#tasks.push(task);
    this.#wake.abort();
  }

  #fail(error: unknown): void {
    this.#message = error instanceof Error ? error.message : String(error);
    this.#goal = null;
    this.#setPhase("error");
  }

  async #perform(task: Task): Promise<void> {
    if (task.type === "open") return await this.#open(task.spec);
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

  async #open(spec: MarketSpec): Promise<void> {
    this.#market?.feed.close();
    if (this.#market !== null) this.#post({ type: "reset", reason: "feed switched" });
    this.#market = null;
    this.#spec = spec;
    this.#speed = spec.speed;
    this.#message = null;
    this.#goal = null;
    this.#eventRate.reset();
    this.#binRate.reset();
    this.#setPhase("opening");
    const opened = await openMarket(spec, this.#clock, HISTORY_BINS, {
      onBin: (bin) => {
        this.#inFlight++;
        this.#post({ type: "bin", bin });
      },
      onWarning: (message) =>
        this.#post({ type: "log", level: "warn", event: "engine_warning", fields: { message } }),
    });
    this.#market = opened.market;
    this.#config = { type: "config", config: opened.config };
    this.#post(this.#config);
    this.#rebase(opened.liveFromNs);
    if (opened.liveFromNs !== null) this.#aimUnpaced(opened.liveFromNs, "live");
    else this.#setPhase("live");
  }

  /** Puts `atNs` at now; null waits for the first bin to say where exchange time stands. */
  #rebase(atNs: number | null): void {
    const speed = this.#speed === "max" ? 1 : this.#speed;
    this.#pacer = new Pacer(atNs ?? NaN, this.#clock.nowMs(), speed);
  }

  #aimUnpaced(toNs: number, then: FeedPhase): void {
    const here = this.#market?.closedUntilNs ?? NaN;
    this.#goal = { fromNs: Number.isNaN(here) ? toNs : here, toNs, then };
    this.#market?.setHistoryUntil(toNs);
    this.#setPhase("seeking");
  }

  /** One step of whatever the phase asks for. Returns ms to wait before the next. */
  async #turn(): Promise<number> {
    const market = this.#market;
    const moving = this.#phase === "live" || this.#phase === "seeking";
    if (market === null || !moving) return STATE_EVERY_MS;
    if (this.#spec !== null && this.#inFlight >= this.#spec.maxInFlight) return STATE_EVERY_MS;
    if (this.#goal !== null) return await this.#turnToGoal(market, this.#goal);
    if (market.ended) {
      this.#setPhase("ended");
      return STATE_EVERY_MS;
    }
    return await this.#turnLive(market);
  }

  async #turnToGoal(market: Market, goal: { toNs: number; then: FeedPhase }): Promise<number> {
    if (!await market.step(goal.toNs)) return await this.#breathe();
    this.#goal = null;
    if (market.ended) this.#setPhase("ended");
    else {
      this.#pacer.rebase(goal.toNs, this.#clock.nowMs());
      this.#setPhase(goal.then);
    }
    return 0;
  }

  async #turnLive(market: Market): Promise<number> {
    const here = market.closedUntilNs;
    if (Number.isNaN(here) || this.#speed === "max") {
      await market.step(Number.isNaN(here) ? Number.MAX_SAFE_INTEGER : here + 64 * market.cellNs);
      this.#rebase(market.closedUntilNs);
      return await this.#breathe();
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

  /** Lets messages in between two steps of a long stretch. */
  async #breathe(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return 0;
  }

  async #obey(command: FeedCommand): Promise<void> {
    const market = this.#market;
    if (market === null || this.#spec === null) {
      throw new FeedError("unreadable", "Cannot obey as no feed is open");
    }
    switch (command.op) {
      case "pause":
        if (this.#goal !== null) this.#goal = { ...this.#goal, then: "paused" };
        else if (this.#phase === "live") this.#setPhase("paused");
        return;
      case "resume":
        if (this.#goal !== null) this.#goal = { ...this.#goal, then: "live" };
        if (this.#phase !== "paused") return;
        this.#rebase(market.closedUntilNs);
        this.#setPhase("live");
        return;
      case "step":
        if (this.#phase !== "paused") {
          throw new FeedError("not_seekable", "Cannot step as the feed is not paused");
        }
        this.#goal = {
          fromNs: market.closedUntilNs,
          toNs: market.closedUntilNs + command.bins * market.cellNs,
          then: "paused",
        };
        this.#setPhase("seeking");
        return;
      case "seek":
        return await this.#seek(market, BigInt(command.tsNs));
      case "speed":
        this.#speed = command.speed;
        this.#rebase(market.closedUntilNs);
        return;
      case "regime":
        market.feed.setRegime(command.regime);
        return;
      case "model":
        return await this.#switchModel(market, command.model);
      case "open":
        throw new FeedError("unreadable", "Cannot open a feed inside a feed");
    }
  }

  async #seek(market: Market, tsNs: bigint): Promise<void> {
    const { startNs, endNs } = market.feed;
    if (market.feed.kind !== "replay" || startNs === null) {
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
    if (forget) {
      this.#post({ type: "reset", reason: "sought" });
      if (this.#config !== null) this.#post(this.#config);
    }
    this.#aimUnpaced(toNs, then);
  }

  async #switchModel(market: Market, model: "complete" | "compat"): Promise<void> {
    const spec = this.#spec;
    if (spec === null) return;
    const at = market.closedUntilNs;
    const phase = this.#phase;
    await this.#open({ ...spec, model, speed: this.#speed });
    if (market.feed.kind === "replay" && this.#market !== null && !Number.isNaN(at)) {
      await this.#market.aim(at, HISTORY_BINS);
      this.#aimUnpaced(at, phase === "paused" ? "paused" : "live");
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
