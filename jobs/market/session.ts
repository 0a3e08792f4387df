import type { FeedCommand, FeedState } from "../../modules/control/contract.ts";
import { Ring, Topic } from "../hub/mod.ts";
import type { Logger } from "../log/mod.ts";
import type { EncodedBin, FromWorker, MarketSpec, RuntimeConfig, ToWorker } from "./protocol.ts";

/** Bins kept for late joiners: two minutes at 100 ms. */
export const BACKFILL_BINS = 1_200;

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

/**
 * A running market: one worker with its feed and engine, the newest bins, and the state. Bins are
 * encoded once in the worker, whatever the number of clients.
 */
export class MarketSession {
  readonly events = new Topic<SessionEvent>();
  readonly bins: Ring<EncodedBin>;
  readonly #worker: Worker;
  readonly #log: Logger;
  readonly #nowMs: () => number;
  readonly #autoAck: boolean;
  readonly #waiting = new Map<number, (error: string | null) => void>();
  #commandId = 0;
  #config: RuntimeConfig | null = null;
  #state: FeedState | null = null;
  #eventsBefore = 0;
  #binCount = 0;
  #lastBinAtMs: number | null = null;
  #stopped = false;

  /**
   * @param spec Feed to open.
   * @param options `autoAck`: true for a shared session that never waits for clients; false when
   *   {@link MarketSession.ack} tells the worker to go on.
   */
  constructor(
    spec: MarketSpec,
    options: { log: Logger; nowMs: () => number; autoAck: boolean; backfill?: number },
  ) {
    this.#log = options.log;
    this.#nowMs = options.nowMs;
    this.#autoAck = options.autoAck;
    this.bins = new Ring(options.backfill ?? BACKFILL_BINS);
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      name: "market",
    });
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#log.error("worker_failed", { message: event.message });
      this.#end(`The market stopped: ${event.message}`);
    };
    this.#post({ type: "open", spec });
  }

  /** The control frame of the running feed, or null before it opened. */
  get config(): RuntimeConfig | null {
    return this.#config;
  }

  /** The newest state, or null before the first. */
  get state(): FeedState | null {
    return this.#state;
  }

  /** Counts since the session began. */
  get totals(): SessionTotals {
    return {
      events: this.#eventsBefore + (this.#state?.events ?? 0),
      bins: this.#binCount,
      lastBinAtMs: this.#lastBinAtMs,
    };
  }

  /** Opens another feed in place of the running one. Clients see a reset. */
  async open(spec: MarketSpec): Promise<void> {
    this.#eventsBefore += this.#state?.events ?? 0;
    this.#post({ type: "open", spec });
    await this.#answerOfNext("open");
  }

  /**
   * Runs a command on the feed.
   *
   * @returns The state after it.
   * @throws {CommandError} When the feed refuses.
   */
  async command(command: FeedCommand): Promise<FeedState | null> {
    const id = ++this.#commandId;
    const answer = new Promise<string | null>((resolve) => this.#waiting.set(id, resolve));
    this.#post({ type: "command", id, command });
    const error = await answer;
    if (error !== null) throw new CommandError(error);
    return this.#state;
  }

  /** Tells the worker that `bins` more bins reached their reader. */
  ack(bins: number): void {
    if (!this.#stopped) this.#post({ type: "ack", bins });
  }

  /** Ends the worker. Subscribers are told that the session is gone. */
  stop(reason = "The session ended"): void {
    this.#end(reason);
  }

  #answerOfNext(_what: "open"): Promise<void> {
    return new Promise((resolve) => {
      const end = this.events.subscribe((event) => {
        const settled = event.type === "gone" ||
          (event.type === "state" && event.state.phase !== "opening");
        if (settled) {
          end();
          resolve();
        }
      });
    });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (this.#stopped) return;
    switch (message.type) {
      case "config":
        this.#config = message.config;
        this.events.publish(message);
        return;
      case "bin": {
        this.#binCount++;
        this.#lastBinAtMs = this.#nowMs();
        const sequence = this.bins.push(message.bin);
        this.events.publish({ type: "bin", sequence });
        if (this.#autoAck) this.ack(1);
        return;
      }
      case "state":
        this.#state = message.state;
        this.events.publish(message);
        return;
      case "reset":
        this.bins.clear();
        this.events.publish(message);
        return;
      case "done":
        this.#waiting.get(message.id)?.(message.error);
        this.#waiting.delete(message.id);
        return;
      case "log":
        this.#log[message.level](message.event, message.fields);
    }
  }

  #end(message: string): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#worker.terminate();
    for (const answer of this.#waiting.values()) answer(message);
    this.#waiting.clear();
    this.events.publish({ type: "gone", message });
  }
}
