import type { FeedPhase, FeedState } from "../../modules/feed/contract.ts";
import { type Clock, type Fields, type LogLine, Rate, WarningGate } from "../kit/worker.ts";
import type { LatencyMeter, LatencySettings } from "./latency/mod.ts";
import type { MarketRun } from "./market_run.ts";
import { newMeter } from "./_meter.ts";
import type { MarketSpec } from "./protocol.ts";
import { feedState } from "./state.ts";
import type { MarketHostPort } from "./worker_contract.ts";

/** What a runner says of itself: states with their rates, lines of the log, what bins took. */
export class MarketVoice {
  readonly #clock: Clock;
  readonly #host: MarketHostPort;
  readonly #warnings = new WarningGate();
  readonly #eventRate = new Rate();
  readonly #binRate = new Rate();
  #latency: LatencyMeter | null = null;

  constructor(clock: Clock, host: MarketHostPort) {
    this.#clock = clock;
    this.#host = host;
  }

  /** The meter of what bins take; null while nothing is measured. */
  get latency(): LatencyMeter | null {
    return this.#latency;
  }

  /** Measures from now on. */
  measure(settings: LatencySettings): void {
    this.#latency?.close();
    this.#latency = newMeter(settings, this.#clock, (line) => this.#host.notify("log", line));
  }

  log(level: LogLine["level"], event: string, fields: Fields): void {
    this.#host.notify("log", { level, event, fields });
  }

  /** A warning of the engine, at most once in a while. */
  warn(message: string): void {
    const heldBack = this.#warnings.pass(message, this.#clock.nowMs());
    if (heldBack !== null) this.log("warn", "engine_warning", { message, heldBack });
  }

  /** Rates begin anew: the counts of another feed or another time. */
  resetRates(): void {
    this.#eventRate.reset();
    this.#binRate.reset();
  }

  /** Sends the state of now. */
  report(
    spec: MarketSpec | null,
    run: MarketRun | null,
    phase: FeedPhase,
    message: string | null,
  ): FeedState {
    this.#latency?.flush();
    if (this.#latency !== null) this.#host.notify("latency", this.#latency.summary);
    const nowMs = this.#clock.nowMs();
    const market = run?.market ?? null;
    const goal = run?.pace.goal ?? null;
    const state = feedState({
      spec,
      market,
      phase,
      message,
      speed: run?.pace.speed ?? spec?.speed ?? 1,
      eventsPerSecond: this.#eventRate.update(nowMs, market?.eventCount ?? 0),
      binsPerSecond: this.#binRate.update(nowMs, market?.binCount ?? 0),
      lagMs: phase === "live" ? run?.lagMs ?? 0 : 0,
      goal: goal === null ? null : { fromNs: goal.from, toNs: goal.to },
    });
    this.#host.notify("state", state);
    return state;
  }

  /** Writes what is still to be written. */
  close(): void {
    this.#latency?.close();
  }
}
