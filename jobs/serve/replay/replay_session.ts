import { isRaw, type StreamName } from "../../../engine/frames/mod.ts";
import {
  type LiveSubscription,
  type ReplayClock,
  type ReplayPatch,
  type ReplayStatus,
  type StoredRow,
  STREAMS,
  type TapeStore,
} from "../../../modules/tape/mod.ts";
import {
  type Clock,
  type Hub,
  type Logger,
  type Served,
  type Socket,
  type Topic,
  TOPICS,
  type WorkerPlace,
  WorkerPort,
} from "../../kit/mod.ts";
import { LiveHub, StoreHistory } from "../rows/mod.ts";
import { rowsOf } from "../../tape/mod.ts";
import { PassedOver } from "./_passed_over.ts";
import type { ReplayCounts, ReplayNews, ReplaySpec, ReplayVerbs } from "./protocol.ts";

/** How a session runs. */
export interface ReplaySessionOptions {
  readonly id: string;
  readonly hub: Hub;
  readonly spec: ReplaySpec;
  readonly store: TapeStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Event time from which a pipeline that is to make rows from `ts` on has to read. */
  readonly originOf: (ts: number) => number;
  /** Where it plays; in its own thread when omitted. */
  readonly worker?: WorkerPlace<ReplayVerbs, ReplayNews>;
}

/** It computes and nothing else: what it reads comes through this thread. */
const REPLAY_THREAD = {
  url: new URL("./replay_worker.ts", import.meta.url),
  name: "tape-replay",
  permissions: "none",
} as const;

/** One replay: its worker, its clock, and the sockets that follow it. */
export class ReplaySession {
  readonly id: string;
  readonly #options: ReplaySessionOptions;
  readonly #port: WorkerPort<ReplayVerbs, ReplayNews>;
  readonly #rows: Topic<readonly StoredRow[]>;
  readonly #hub: LiveHub;
  readonly #passedOver: PassedOver;
  #clock: ReplayClock;
  #figures: ReplayCounts = { rows: 0, matched: 0, mismatched: 0, differences: [] };
  #failure: string | null = null;
  #idleSinceMs: number;
  #stopped = false;

  constructor(options: ReplaySessionOptions) {
    const { spec, store, clock, log } = options;
    this.id = options.id;
    this.#options = options;
    this.#rows = options.hub.topic(TOPICS.replayRows);
    this.#idleSinceMs = clock.nowMs();
    this.#passedOver = new PassedOver(spec.startTs);
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
    this.#port = new WorkerPort(options.worker ?? REPLAY_THREAD, {
      batch: ({ rows, watermarkTs }) => {
        this.#clock = { ...this.#clock, ts: Math.max(this.#clock.ts, watermarkTs) };
        this.#publish(rowsOf(rows));
        this.#port.grant(1);
      },
      clock: (told) => {
        this.#clock = told.clock;
        this.#figures = told.figures;
        this.#publish([]);
        this.#hub.tell({ op: "clock", clock: told.clock });
      },
      sought: () => {
        this.#passedOver.jump(this.#clock.ts);
        this.#hub.reload();
      },
      read: async ({ stream, after, untilTs, limit }) => {
        const { rows, next, gaps } = await store.after(stream, after, { limit, untilTs });
        this.#passedOver.add(gaps);
        return { rows, next };
      },
    }, (reason) => this.#fail(reason));
    this.#port.notify("start", { spec, originTs: options.originOf(spec.startTs) });
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
      gaps: this.#passedOver.all.map(({ stream, from_ts, to_ts }) => ({
        stream: stream === null ? "" : STREAMS.of(stream).paths.replay,
        from_ts,
        to_ts,
      })),
      sockets: this.#hub.clients,
      message: this.#failure,
    };
  }

  /** Changes the clock. The change shows in the status when the worker has made it. */
  patch(patch: ReplayPatch): void {
    const { seek_ts: seekTs, speed, paused } = patch;
    const originTs = seekTs === undefined ? null : this.#options.originOf(seekTs);
    this.#port.notify("patch", { patch, originTs });
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
    this.#port.terminate();
    this.#hub.stop(reason);
  }

  /** Sends rows, and in their places what the store has lost of raw ones; derived ones are made again. */
  #publish(rows: readonly StoredRow[]): void {
    let at = 0;
    const isWarming = this.#clock.phase === "warming";
    for (const stretch of isWarming ? [] : this.#passedOver.reach(this.#clock.ts)) {
      const { stream, from_ts } = stretch;
      if (stream === null || !isRaw(stream)) continue;
      const next = rows.findIndex((row, i) => i >= at && row.stream === stream && row.ts > from_ts);
      const upTo = next < 0 ? rows.length : next;
      this.#rows.publish(rows.slice(at, upTo));
      this.#hub.lost(stretch);
      at = upTo;
    }
    if (at < rows.length) this.#rows.publish(rows.slice(at));
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
