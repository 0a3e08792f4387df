import { ok } from "node:assert/strict";
import type { FeedCommand, FeedState } from "../../modules/feed/contract.ts";
import type { Clock } from "../kit/clock.ts";
import type { LatencySummary } from "../market/latency/mod.ts";
import type { EncodedBin, FromWorker, MarketSpec, RuntimeConfig } from "../market/protocol.ts";
import type { SignalStretch } from "../market/signal_ledger.ts";
import { MarketRunner } from "../market/runner.ts";

/** A clock that stands still until the test moves it. */
export class VirtualClock implements Clock {
  ms = 5_000;
  /** Monotonic ms at which the sleeper wants to wake; null while nobody sleeps. */
  wakeAtMs: number | null = null;
  #wake: (() => void) | null = null;
  #onSleep: (() => void) | null = null;

  nowMs(): number {
    return this.ms;
  }

  wallNs(): bigint {
    return 1_773_150_000_000_000_000n + BigInt(Math.round(this.ms * 1e6));
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.wakeAtMs = this.ms + ms;
    this.#onSleep?.();
    return new Promise((resolve) => {
      this.#wake = () => {
        signal.removeEventListener("abort", wake);
        this.wakeAtMs = null;
        this.#wake = null;
        resolve();
      };
      const wake = this.#wake;
      signal.addEventListener("abort", wake);
    });
  }

  /** Resolves when somebody sleeps. */
  async asleep(): Promise<void> {
    if (this.wakeAtMs !== null) return;
    await new Promise<void>((resolve) => this.#onSleep = resolve);
    this.#onSleep = null;
  }

  wake(): void {
    this.#wake?.();
  }
}

/** A spec with the defaults of the terminal. */
export function specOf(source: string, more: Partial<MarketSpec> = {}): MarketSpec {
  return {
    source,
    seed: 1,
    regime: null,
    plan: null,
    instrument: "",
    model: null,
    projection: { form: "quadratic", cubicScale: 1 / 6, dampingLambda: 0 },
    date: null,
    start: null,
    speed: 1,
    maxInFlight: 256,
    ...more,
  };
}

/** A market runner under a virtual clock, with everything that it posts. */
export class MarketBench {
  readonly clock = new VirtualClock();
  readonly bins: EncodedBin[] = [];
  readonly states: FeedState[] = [];
  readonly configs: RuntimeConfig[] = [];
  readonly resets: string[] = [];
  readonly stretches: (SignalStretch | null)[] = [];
  readonly latencies: LatencySummary[] = [];
  readonly logs: (FromWorker & { type: "log" })[] = [];
  /** Whether bins are acknowledged at once. */
  acks = true;
  /** Called between two steps. */
  onBreathe: () => void = () => {};
  /** Called for every bin. */
  onBin: (bin: EncodedBin) => void = () => {};
  readonly runner: MarketRunner;
  readonly #answers = new Map<number, string | null>();
  readonly #ended: Promise<void>;
  #id = 0;

  constructor() {
    this.runner = new MarketRunner(this.clock, (message) => this.#take(message), () => {
      this.onBreathe();
      return Promise.resolve();
    });
    this.#ended = this.runner.run();
  }

  /** The newest state. */
  get state(): FeedState {
    const state = this.states.at(-1);
    ok(state !== undefined, "no state yet");
    return state;
  }

  /** Sequence numbers of the bins since the last call. */
  takeSeqs(): readonly number[] {
    return this.bins.splice(0).map((bin) => bin.seq);
  }

  /** Opens a feed and waits until the runner has nothing to do now. */
  async open(spec: MarketSpec): Promise<void> {
    const id = ++this.#id;
    this.runner.open(id, spec);
    await this.#answer(id);
    await this.clock.asleep();
  }

  /** Runs a command, returns the refusal or null, and waits until nothing is left to do now. */
  async command(command: FeedCommand): Promise<string | null> {
    const id = this.send(command);
    await this.clock.asleep();
    return await this.#answer(id);
  }

  /** Sends a command without waiting. */
  send(command: FeedCommand): number {
    const id = ++this.#id;
    this.runner.command(id, command);
    return id;
  }

  /** Lets `ms` pass; every wake-up comes `jitterMs()` late. */
  async advance(ms: number, jitterMs: () => number = () => 0): Promise<void> {
    const endMs = this.clock.ms + ms;
    await this.clock.asleep();
    while (this.clock.wakeAtMs !== null && this.clock.wakeAtMs <= endMs) {
      this.clock.ms = Math.min(endMs, this.clock.wakeAtMs + jitterMs());
      this.clock.wake();
      await this.clock.asleep();
    }
    this.clock.ms = endMs;
  }

  async stop(): Promise<void> {
    this.runner.stop();
    await this.#ended;
  }

  async #answer(id: number): Promise<string | null> {
    while (!this.#answers.has(id)) await this.clock.asleep();
    return this.#answers.get(id) ?? null;
  }

  #take(message: FromWorker): void {
    switch (message.type) {
      case "bin":
        this.bins.push(message.bin);
        if (this.acks) this.runner.ack(1);
        return this.onBin(message.bin);
      case "state":
        this.states.push(message.state);
        return;
      case "config":
        this.configs.push(message.config);
        return;
      case "reset":
        this.resets.push(message.reason);
        return;
      case "done":
        this.#answers.set(message.id, message.error);
        return;
      case "signals":
        this.stretches.push(message.stretch);
        return;
      case "latency":
        this.latencies.push(message.summary);
        return;
      case "stopped":
        return;
      case "log":
        this.logs.push(message);
    }
  }
}
