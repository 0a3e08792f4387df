import { ok } from "node:assert/strict";
import type { FeedCommand, FeedState } from "../../modules/feed/contract.ts";
import type { Clock } from "../kit/clock.ts";
import type { LatencySummary } from "../market/latency/mod.ts";
import type { LogLine } from "../kit/logger.ts";
import { Port, type PortMessage, type Verbs } from "../kit/port.ts";
import { marketProgram } from "../market/market_program.ts";
import type { EncodedBin, MarketSpec, RuntimeConfig } from "../market/protocol.ts";
import type { MarketRunner } from "../market/runner.ts";
import type { MarketNews, MarketVerbs } from "../market/worker_contract.ts";

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

/** A market runner under a virtual clock, with everything that it tells as soon as it tells it. */
export class MarketBench {
  readonly clock = new VirtualClock();
  readonly bins: EncodedBin[] = [];
  readonly states: FeedState[] = [];
  readonly configs: RuntimeConfig[] = [];
  readonly resets: string[] = [];
  readonly latencies: LatencySummary[] = [];
  readonly logs: LogLine[] = [];
  /** Whether bins are acknowledged at once. */
  acks = true;
  /** Called between two steps. */
  onBreathe: () => void = () => {};
  /** Called for every bin. */
  onBin: (bin: EncodedBin) => void = () => {};
  readonly runner: MarketRunner;
  readonly #host: Port<MarketNews, MarketVerbs>;
  readonly #end: () => void | Promise<void>;

  constructor() {
    const [host, worker] = directPorts<MarketNews, MarketVerbs>();
    this.#host = host;
    const { runner, end } = marketProgram(worker, this.clock, () => {
      this.onBreathe();
      return Promise.resolve();
    });
    this.runner = runner;
    this.#end = end ?? (() => {});
    host.serve({
      bin: (bin) => {
        this.bins.push(bin);
        if (this.acks) this.ack(1);
        this.onBin(bin);
      },
      surfaces: () => {},
      state: (state) => void this.states.push(state),
      config: (config) => void this.configs.push(config),
      reset: (reason) => void this.resets.push(reason),
      latency: (summary) => void this.latencies.push(summary),
      log: (line) => void this.logs.push(line),
    });
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

  /** `bins` bins reached their reader. */
  ack(bins: number): void {
    this.#host.grant(bins);
  }

  /** Opens a feed and waits until the runner has nothing to do now. */
  async open(spec: MarketSpec): Promise<void> {
    await this.runner.open(spec);
    await this.clock.asleep();
  }

  /** Runs a command, returns the refusal or null, and waits until nothing is left to do now. */
  async command(command: FeedCommand): Promise<string | null> {
    const answer = this.send(command);
    await this.clock.asleep();
    return await answer;
  }

  /** Sends a command without waiting; resolves with the refusal or null. */
  send(command: FeedCommand): Promise<string | null> {
    return this.runner.command(command).then(() => null, (error: Error) => error.message);
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
    await this.#end();
  }
}

/** Two ends of a connection on this thread: what one sends, the other has at once. */
function directPorts<A extends Verbs<A>, B extends Verbs<B>>(): [Port<A, B>, Port<B, A>] {
  const fail = (error: unknown) => {
    throw error;
  };
  const host: Port<A, B> = new Port((message: PortMessage) => worker.receive(message, fail));
  const worker: Port<B, A> = new Port((message: PortMessage) => host.receive(message, fail));
  return [host, worker];
}
