import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { FeedCommand, FeedState } from "../../modules/feed/contract.ts";
import { type Logger, Ring, Topic } from "../kit/mod.ts";
import type { LatencySettings, LatencySummary } from "./latency/mod.ts";
import type { SignalStretch } from "./signal_ledger.ts";
import { failedState } from "./state.ts";
import type { EncodedBin, FromWorker, MarketSpec, RuntimeConfig, ToWorker } from "./protocol.ts";

/** Bins kept for late joiners: two minutes at 100 ms. */
export const BACKFILL_BINS = 1_200;

/** Longest wait for a worker that writes its last lines, ms. */
const LAST_WORDS_MS = 1_000;

/** A command that the feed refused, with the reason for people. */
export class CommandError extends RangeError {
  override readonly name = "CommandError";
  readonly code = "command_refused";
}

/** What a subscriber of a session is told about, in order. */
export type SessionEvent =
  | { readonly type: "config"; readonly config: RuntimeConfig }
  | { readonly type: "bin"; readonly sequence: number }
  | { readonly type: "state"; readonly state: FeedState }
  | { readonly type: "reset"; readonly reason: string }
  | { readonly type: "gone"; readonly message: string };

/** Running totals for `/metrics`. They count through feed switches and never go back. */
export interface SessionTotals {
  readonly events: number;
  readonly bins: number;
  /** Monotonic ms of the last bin, or null before the first. */
  readonly lastBinAtMs: number | null;
}

/** How a session runs. */
export interface SessionOptions {
  readonly log: Logger;
  readonly nowMs: () => number;
  /**
   * True for a shared session that never waits for clients; false when {@link MarketSession.ack} tells
   * the worker to go on.
   */
  readonly autoAck: boolean;
  /** Bins kept. */
  readonly backfill?: number;
  /** Measures what each bin takes in the worker; nothing is measured without. */
  readonly latency?: LatencySettings;
  /** Starts a worker that speaks the protocol; the market's own when omitted. */
  readonly createWorker?: () => Worker;
}

function createMarketWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "market" });
}

/**
 * A running market: one worker with its feed and engine, the newest bins, and the state. Bins are
 * encoded once in the worker, whatever the number of clients. A worker that dies shows as the phase
 * "error"; the next feed that is opened gets a new one.
 */
export class MarketSession {
  readonly events = new Topic<SessionEvent>();
  readonly bins: Ring<EncodedBin>;
  readonly #options: SessionOptions;
  readonly #asked = new Map<number, (stretch: SignalStretch | null) => void>();
  readonly #waiting = new Map<number, (error: string | null) => void>();
  #spec: MarketSpec;
  #worker: Worker | null = null;
  #requestId = 0;
  #config: RuntimeConfig | null = null;
  #state: FeedState | null = null;
  #eventCount = 0;
  #binCount = 0;
  #lastBinAtMs: number | null = null;
  #latency: LatencySummary | null = null;
  #stopped: string | null = null;

  /** @param spec Feed to open. */
  constructor(spec: MarketSpec, options: SessionOptions) {
    this.#options = options;
    this.#spec = spec;
    this.bins = new Ring(options.backfill ?? BACKFILL_BINS);
    this.#spawn();
    this.#request((id) => ({ type: "open", id, spec }));
  }

  /** The control frame of the running feed, or null while none is open. */
  get config(): RuntimeConfig | null {
    return this.#config;
  }

  /** The newest state, or null before the first. */
  get state(): FeedState | null {
    return this.#state;
  }

  /** What the newest bins took in the worker; null while nothing is measured. */
  get latency(): LatencySummary | null {
    return this.#latency;
  }

  /** Counts since the session began. */
  get totals(): SessionTotals {
    return { events: this.#eventCount, bins: this.#binCount, lastBinAtMs: this.#lastBinAtMs };
  }

  /**
   * Opens another feed in place of the running one. Clients see a reset.
   *
   * @returns The state after it; its phase is "error" when the feed could not be opened.
   */
  async open(spec: MarketSpec): Promise<FeedState | null> {
    this.#spec = spec;
    if (this.#worker === null && this.#stopped === null) {
      this.#receive({ type: "reset", reason: "feed switched" });
      this.#spawn();
    }
    await this.#request((id) => ({ type: "open", id, spec }));
    return this.#state;
  }

  /**
   * Runs a command on the feed.
   *
   * @returns The state after it.
   * @throws {CommandError} When the feed refuses.
   */
  async command(command: FeedCommand): Promise<FeedState | null> {
    const error = await this.#request((id) => ({ type: "command", id, command }));
    if (error !== null) throw new CommandError(error);
    return this.#state;
  }

  /** Tells the running feed the control timeline after a change; a recorded market follows none. */
  control(timeline: ControlTimeline): void {
    this.#worker?.postMessage({ type: "control", timeline } satisfies ToWorker);
  }

  /**
   * The directional signals over the bins `from` to `to`, both included, as the engine's frames give
   * them; null when one of the bins is not kept.
   */
  signals(from: number, to: number): Promise<SignalStretch | null> {
    const worker = this.#worker;
    if (worker === null) return Promise.resolve(null);
    const id = ++this.#requestId;
    const answer = new Promise<SignalStretch | null>((resolve) => this.#asked.set(id, resolve));
    worker.postMessage({ type: "signals", id, from, to } satisfies ToWorker);
    return answer;
  }

  /** Resolves when the feed is open, or failed to open; at once when it already did. */
  opened(): Promise<void> {
    const settled = () =>
      this.#config !== null || this.#state?.phase === "error" || this.#stopped !== null;
    if (settled()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.events.subscribe(() => {
        if (!settled()) return;
        end();
        resolve();
      });
    });
  }

  /** Tells the worker that `bins` more bins reached their reader. */
  ack(bins: number): void {
    this.#worker?.postMessage({ type: "ack", bins } satisfies ToWorker);
  }

  /**
   * Ends the worker. Subscribers are told that the session is gone.
   *
   * @returns Resolves when the worker has ended: at once, but for one that measures and still has lines
   *   to write.
   */
  async stop(reason = "The session ended"): Promise<void> {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    const worker = this.#worker;
    const measures = this.#options.latency !== undefined;
    this.#endWorker(reason, measures);
    this.events.publish({ type: "gone", message: reason });
    if (worker !== null && measures) await this.#lastWords(worker);
  }

  /** Lets a worker finish its files, within a bound. */
  async #lastWords(worker: Worker): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_WORDS_MS);
      worker.onmessage = (event: MessageEvent<FromWorker>) => {
        if (event.data.type === "log") this.#receive(event.data);
        if (event.data.type !== "stopped") return;
        clearTimeout(timer);
        resolve();
      };
    });
    worker.postMessage({ type: "stop" } satisfies ToWorker);
    await ended;
    worker.terminate();
  }

  #spawn(): void {
    const worker = (this.#options.createWorker ?? createMarketWorker)();
    worker.onmessage = (event: MessageEvent<FromWorker>) => {
      if (worker === this.#worker) this.#receive(event.data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#crash(event.message);
    };
    this.#worker = worker;
    const { latency } = this.#options;
    if (latency !== undefined) worker.postMessage({ type: "measure", latency } satisfies ToWorker);
  }

  /** Sends a request; resolves with the refusal, or null when it was done. */
  #request(message: (id: number) => ToWorker): Promise<string | null> {
    const worker = this.#worker;
    if (worker === null) {
      return Promise.resolve(this.#stopped ?? this.#state?.message ?? "The market stopped");
    }
    const id = ++this.#requestId;
    const answer = new Promise<string | null>((resolve) => this.#waiting.set(id, resolve));
    worker.postMessage(message(id));
    return answer;
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "config":
        this.#config = message.config;
        this.events.publish(message);
        return;
      case "bin":
        this.#receiveBin(message.bin);
        return;
      case "state":
        this.#receiveState(message.state);
        return;
      case "reset":
        this.bins.clear();
        this.#config = null;
        this.events.publish(message);
        return;
      case "done":
        this.#waiting.get(message.id)?.(message.error);
        this.#waiting.delete(message.id);
        return;
      case "signals":
        this.#asked.get(message.id)?.(message.stretch);
        this.#asked.delete(message.id);
        return;
      case "latency":
        this.#latency = message.summary;
        return;
      case "stopped":
        return;
      case "log":
        this.#options.log[message.level](message.event, message.fields);
    }
  }

  #receiveBin(bin: EncodedBin): void {
    this.#binCount++;
    this.#lastBinAtMs = this.#options.nowMs();
    const sequence = this.bins.push(bin);
    this.events.publish({ type: "bin", sequence });
    if (this.#options.autoAck) this.ack(1);
  }

  #receiveState(state: FeedState): void {
    // A seek or a switch sets the feed's own count back; what was processed stays processed.
    this.#eventCount += Math.max(0, state.events - (this.#state?.events ?? 0));
    this.#state = state;
    this.events.publish({ type: "state", state });
  }

  #crash(reason: string): void {
    const message = `The market stopped: ${reason}`;
    this.#options.log.error("worker_failed", { source: this.#spec.source, message: reason });
    this.#endWorker(message);
    this.#receiveState(
      this.#state === null
        ? failedState(this.#spec, message)
        : { ...this.#state, phase: "error", progress: null, message },
    );
  }

  #endWorker(message: string, keep = false): void {
    if (!keep) this.#worker?.terminate();
    this.#worker = null;
    for (const answer of this.#waiting.values()) answer(message);
    this.#waiting.clear();
    for (const answer of this.#asked.values()) answer(null);
    this.#asked.clear();
  }
}
