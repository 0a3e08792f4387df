import { dirname } from "node:path";
import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { FeedCommand, FeedState } from "../../modules/feed/contract.ts";
import {
  type Hub,
  type Logger,
  PortClosedError,
  RemoteError,
  type Topic,
  TOPICS,
  type WorkerPlace,
  WorkerPort,
  type WorkerThread,
} from "../kit/mod.ts";
import type { LatencySettings, LatencySummary } from "./latency/mod.ts";
import type { SignalStretch } from "./signal_ledger.ts";
import { failedState } from "./state.ts";
import type { EncodedBin, MarketSpec, RuntimeConfig } from "./protocol.ts";
import type { SurfaceWindow } from "./surface_window.ts";
import type { MarketNews, MarketVerbs } from "./worker_contract.ts";

/** Bins kept for late joiners: two minutes at 100 ms. */
export const KEPT_BINS = 1_200;

/** A command that the feed refused, with the reason for people. */
export class CommandError extends RangeError {
  override readonly name = "CommandError";
  readonly code = "command_refused";
}

/** What a subscriber of a session is told about, in order. */
export type MarketEvent =
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
  readonly hub: Hub;
  readonly log: Logger;
  readonly nowMs: () => number;
  /**
   * True for a shared session that never waits for clients; false when the reader of its bins tells by
   * {@link Topic.taken} that the worker may go on.
   */
  readonly autoAck: boolean;
  /** Bins kept. */
  readonly backfill?: number;
  /** Measures what each bin takes in the worker; nothing is measured without. */
  readonly latency?: LatencySettings;
  /** Where the market runs; in its own thread when omitted. */
  readonly worker?: WorkerPlace<MarketVerbs, MarketNews>;
}

type MarketPort = WorkerPort<MarketVerbs, MarketNews>;

/** A market's thread reads recordings wherever they lie, and writes books and latencies. */
function marketThread(
  { cacheDir }: MarketSpec,
  latency: LatencySettings | undefined,
): WorkerThread {
  const written = cacheDir === undefined ? [] : [cacheDir];
  if (latency !== undefined) {
    written.push(latency.path);
    const folder = { name: "write", path: dirname(latency.path) } as const;
    // Where this process may make the folder, the thread may too.
    if (Deno.permissions.querySync(folder).state === "granted") written.push(folder.path);
  }
  return {
    url: new URL("./market_worker.ts", import.meta.url),
    name: "market",
    permissions: {
      read: "inherit",
      write: written,
      // A path of an instrument may begin at home; the reader of YAML asks for its own settings.
      sys: ["homedir"],
      env: ["LOG_TOKENS", "LOG_STREAM"],
    },
  };
}

/**
 * A running market: one worker with its feed and engine, the newest bins, and the state. Bins are
 * encoded once in the worker, whatever the number of clients. A worker that dies shows as the phase
 * "error"; the next feed that is opened gets a new one.
 */
export class MarketSession {
  readonly events: Topic<MarketEvent>;
  /** The newest bins. A reader of a session that does not acknowledge by itself tells what it has taken. */
  readonly bins: Topic<EncodedBin>;
  /** The surfaces of every window, as it closes. */
  readonly surfaces: Topic<SurfaceWindow>;
  readonly #options: SessionOptions;
  #spec: MarketSpec;
  #port: MarketPort;
  #config: RuntimeConfig | null = null;
  #state: FeedState | null = null;
  #eventCount = 0;
  #binCount = 0;
  #lastBinAtMs: number | null = null;
  /** Bins that readers had left out when the feed that runs was opened. */
  #droppedBefore = 0;
  #latency: LatencySummary | null = null;
  /** How many follow the bins as they come. */
  #followers = 0;
  #stopped: string | null = null;
  /** Why the worker is gone; null while it runs. */
  #death: string | null = null;

  /** @param spec Feed to open. */
  constructor(spec: MarketSpec, options: SessionOptions) {
    this.#options = options;
    this.#spec = spec;
    this.events = options.hub.topic(TOPICS.marketEvents);
    this.bins = options.hub.topic(TOPICS.marketBins, {
      keep: options.backfill ?? KEPT_BINS,
      onTaken: (bins) => this.#port.grant(bins),
    });
    this.surfaces = options.hub.topic(TOPICS.marketSurfaces);
    this.#port = this.#spawn();
    this.#port.call("open", spec).catch(ignoreClosed);
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

  /** Bins of the feed that runs, since its last seek, that slow readers left out. */
  get dropped(): number {
    return this.bins.dropped - this.#droppedBefore;
  }

  /**
   * Opens another feed in place of the running one. Clients see a reset.
   *
   * @returns The state after it; its phase is "error" when none ran and this one could not be opened.
   * @throws {CommandError} When it cannot be opened; the running one goes on and nobody saw anything.
   */
  async open(spec: MarketSpec): Promise<FeedState | null> {
    if (this.#death !== null && this.#stopped === null) {
      this.#death = null;
      this.#reset("feed switched");
      this.#port = this.#spawn();
    }
    try {
      const state = await this.#port.call("open", spec);
      this.#spec = spec;
      return state;
    } catch (error) {
      if (error instanceof RemoteError) throw new CommandError(error.message, { cause: error });
      ignoreClosed(error);
      return this.#state;
    }
  }

  /**
   * Runs a command on the feed.
   *
   * @returns The state after it.
   * @throws {CommandError} When the feed refuses.
   */
  async command(command: FeedCommand): Promise<FeedState | null> {
    try {
      return await this.#port.call("command", command);
    } catch (error) {
      if (error instanceof RemoteError) throw new CommandError(error.message, { cause: error });
      ignoreClosed(error);
      throw new CommandError(this.#stopped ?? this.#state?.message ?? "The market stopped");
    }
  }

  /** Tells the running feed the control timeline after a change; a recorded market follows none. */
  control(timeline: ControlTimeline): void {
    this.#port.notify("control", timeline);
  }

  /**
   * The directional signals over the bins `from` to `to`, both included, as the engine's frames give
   * them; null when one of the bins is not kept.
   */
  signals(from: number, to: number): Promise<SignalStretch | null> {
    return this.#port.call("signals", { from, to }).catch((error) => {
      ignoreClosed(error);
      return null;
    });
  }

  /**
   * Asks for every bin as soon as it is due. While nobody does, the worker makes those of a second
   * together, which takes half the work.
   *
   * @returns Ends it.
   */
  follow(): () => void {
    if (this.#followers++ === 0) this.#port.notify("watched", true);
    let follows = true;
    return () => {
      if (!follows) return;
      follows = false;
      if (--this.#followers === 0) this.#port.notify("watched", false);
    };
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

  /**
   * Ends the worker. Subscribers are told that the session is gone.
   *
   * @returns Resolves when the worker has ended: at once, but for one that measures and still has lines
   *   to write.
   */
  async stop(reason = "The session ended"): Promise<void> {
    if (this.#stopped !== null) return;
    this.#tell({ type: "gone", message: reason });
    this.#stopped = reason;
    if (this.#options.latency === undefined) this.#port.terminate(reason);
    else await this.#port.end();
  }

  /** Whether the worker lives; the feed itself may still have failed. */
  readiness(): { readonly ok: boolean; readonly detail: string } {
    return this.#death === null
      ? { ok: true, detail: "market worker runs" }
      : { ok: false, detail: `market worker died: ${this.#death}` };
  }

  #spawn(): MarketPort {
    const { worker, latency } = this.#options;
    const port: MarketPort = new WorkerPort(worker ?? marketThread(this.#spec, latency), {
      config: (config) => {
        this.#config = config;
        this.#tell({ type: "config", config });
      },
      bin: (bin) => this.#receiveBin(bin),
      surfaces: (window) => void this.surfaces.publish(window),
      state: (state) => this.#receiveState(state),
      reset: (reason) => this.#reset(reason),
      latency: (summary) => {
        this.#latency = summary;
      },
      log: ({ level, event, fields }) => this.#options.log[level](event, fields),
    }, (reason) => this.#crash(reason));
    if (latency !== undefined) port.notify("measure", latency);
    port.notify("watched", this.#followers > 0 || !this.#options.autoAck);
    return port;
  }

  #reset(reason: string): void {
    this.bins.clear();
    this.surfaces.clear();
    this.#droppedBefore = this.bins.dropped;
    this.#config = null;
    this.#tell({ type: "reset", reason });
  }

  /** Nothing comes after the word that the session is gone. */
  #tell(event: MarketEvent): void {
    if (this.#stopped === null) this.events.publish(event);
  }

  #receiveBin(bin: EncodedBin): void {
    this.#binCount++;
    this.#lastBinAtMs = this.#options.nowMs();
    const sequence = this.bins.publish(bin);
    this.#tell({ type: "bin", sequence });
    if (this.#options.autoAck) this.bins.taken(1);
  }

  #receiveState(state: FeedState): void {
    // A seek or a switch sets the feed's own count back; what was processed stays processed.
    this.#eventCount += Math.max(0, state.events - (this.#state?.events ?? 0));
    this.#state = state;
    this.#tell({ type: "state", state });
  }

  #crash(reason: string): void {
    const message = `The market stopped: ${reason}`;
    this.#death = reason;
    this.#options.log.error("worker_failed", { source: this.#spec.source, message: reason });
    this.#receiveState(
      this.#state === null
        ? failedState(this.#spec, message)
        : { ...this.#state, phase: "error", progress: null, message },
    );
  }
}

/** A worker that is gone shows as a state; whoever asked gets what there is. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof PortClosedError)) throw error;
}
