import type { StreamName } from "../../../engine/frames/mod.ts";
import {
  type LiveSubscription,
  type ReplayClock,
  type ReplayPatch,
  type ReplayStatus,
  type StoredRow,
  STREAMS,
  type TapeStore,
} from "../../../modules/tape/mod.ts";
import { type Clock, type Logger, type Served, type Socket, Topic } from "../../kit/mod.ts";
import { LiveHub, StoreHistory } from "../rows/mod.ts";
import { rowsOf } from "../../tape/mod.ts";
import type { FromReplayWorker, ReplayFigures, ReplaySpec, ToReplayWorker } from "./protocol.ts";

/** How a session runs. */
export interface ReplaySessionOptions {
  readonly id: string;
  readonly spec: ReplaySpec;
  readonly store: TapeStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Event time from which a pipeline that is to make rows from `ts` on has to read. */
  readonly originOf: (ts: number) => number;
  readonly createWorker?: () => Worker;
}

function createReplayWorker(): Worker {
  const url = new URL("./replay_worker.ts", import.meta.url);
  return new Worker(url, { type: "module", name: "tape-replay" });
}

/** One replay: its worker, its clock, and the sockets that follow it. */
export class ReplaySession {
  readonly id: string;
  readonly #options: ReplaySessionOptions;
  readonly #worker: Worker;
  readonly #rows = new Topic<readonly StoredRow[]>();
  readonly #hub: LiveHub;
  #clock: ReplayClock;
  #figures: ReplayFigures = { rows: 0, matched: 0, mismatched: 0, differences: [] };
  #failure: string | null = null;
  #idleSinceMs: number;
  #stopped = false;

  constructor(options: ReplaySessionOptions) {
    const { spec, store, clock, log } = options;
    this.id = options.id;
    this.#options = options;
    this.#idleSinceMs = clock.nowMs();
    this.#clock = {
      ts: spec.startTs,
      start_ts: spec.startTs,
      end_ts: spec.endTs,
      speed: spec.speed,
      paused: spec.paused,
      phase: "warming",
    };
    const streams = new Set(spec.streams);
    const symbols = spec.symbols === null ? null : new Set(spec.symbols);
    this.#hub = new LiveHub({
      rows: this.#rows,
      history: new StoreHistory(store, () => this.#clock.ts),
      clock,
      log,
      health: () => ({}),
      refuse: (wanted) => refusal(wanted, streams),
      ...(symbols !== null && { admits: (row) => symbols.has(row.underlying) }),
    });
    this.#worker = (options.createWorker ?? createReplayWorker)();
    this.#worker.onmessage = (event: MessageEvent<FromReplayWorker>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message);
    };
    this.#post({ type: "start", spec, originTs: options.originOf(spec.startTs) });
  }

  /** Time since the last socket left, ms; 0 while there is one. */
  get idleMs(): number {
    return this.#hub.clients > 0 ? 0 : this.#options.clock.nowMs() - this.#idleSinceMs;
  }

  /** State for the API. */
  get status(): ReplayStatus {
    const { spec } = this.#options;
    const { rows, matched, mismatched, differences } = this.#figures;
    return {
      id: this.id,
      clock: this.#clock,
      streams: spec.streams.map((name) => STREAMS.of(name).paths.replay),
      symbols: spec.symbols,
      rows,
      matched,
      mismatched,
      differences,
      sockets: this.#hub.clients,
      message: this.#failure,
    };
  }

  /** Changes the clock. The change shows in the status when the worker has made it. */
  patch(patch: ReplayPatch): void {
    const { seek_ts: seekTs, speed, paused } = patch;
    const originTs = seekTs === undefined ? null : this.#options.originOf(seekTs);
    this.#post({ type: "patch", patch, originTs });
    this.#clock = {
      ...this.#clock,
      ...(speed !== undefined && { speed }),
      ...(paused !== undefined && { paused }),
      ...(seekTs !== undefined && { ts: seekTs, phase: "warming" }),
    };
  }

  /** Serves an open socket with the live protocol. */
  attach(socket: Socket): Served {
    const served = this.#hub.attach(socket);
    this.#hub.tell({ op: "clock", clock: this.#clock });
    return {
      ...served,
      end: () => {
        served.end();
        this.#idleSinceMs = this.#options.clock.nowMs();
      },
    };
  }

  /** Ends the worker and closes the sockets. */
  stop(reason: string): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#worker.terminate();
    this.#hub.stop(reason);
  }

  #post(message: ToReplayWorker): void {
    if (!this.#stopped) this.#worker.postMessage(message);
  }

  #receive(message: FromReplayWorker): void {
    switch (message.type) {
      case "batch":
        this.#clock = { ...this.#clock, ts: Math.max(this.#clock.ts, message.watermarkTs) };
        this.#rows.publish(rowsOf(message.rows));
        this.#post({ type: "ack", batches: 1 });
        return;
      case "clock":
        this.#clock = message.clock;
        this.#figures = message.figures;
        this.#hub.tell({ op: "clock", clock: message.clock });
        return;
      case "sought":
        this.#hub.reload();
        return;
      case "read":
        void this.#read(message);
        return;
      case "failed":
        this.#fail(message.message);
    }
  }

  async #read(message: Extract<FromReplayWorker, { type: "read" }>): Promise<void> {
    const { id, stream, after, untilTs, limit } = message;
    try {
      const { rows, next } = await this.#options.store.after(stream, after, { limit, untilTs });
      this.#post({ type: "page", id, rows, next, error: null });
    } catch (error) {
      this.#post({ type: "page", id, rows: [], next: null, error: String(error) });
    }
  }

  #fail(message: string): void {
    this.#failure = "The replay stopped as the tape could not be read";
    this.#options.log.error("replay_failed", { id: this.id, message });
    this.#clock = { ...this.#clock, phase: "failed" };
    this.#hub.tell({ op: "error", message: this.#failure });
    this.#hub.tell({ op: "clock", clock: this.#clock });
  }
}

function refusal(wanted: LiveSubscription, streams: ReadonlySet<StreamName>): string | null {
  const { stream } = STREAMS.channel(wanted.channel);
  return streams.has(stream) ? null : `This replay has no ${wanted.channel}`;
}
