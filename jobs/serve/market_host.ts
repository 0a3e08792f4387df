import { resolve } from "node:path";
import { newYorkDate } from "../../engine/clock/mod.ts";
import { type ControlTimeline, DEFAULT_CONTROL, fixedTimeline } from "../../engine/regime/mod.ts";
import type { Config } from "../../config.ts";
import type { FeedCommand, FeedState, OpenFeed } from "../../modules/feed/contract.ts";
import type { LatencySettings } from "../market/latency/mod.ts";
import {
  type CheckResult,
  ClientGate,
  type Clock,
  type Hub,
  type Logger,
  type Metric,
  type Served,
  type Socket,
  TOPICS,
} from "../kit/mod.ts";
import { Catalogue, type ListedFile, listFeeds, type PlanSpec, Uploads } from "../feeds/mod.ts";
import { CommandError, MarketSession, type MarketSpec, type RuntimeConfig } from "../market/mod.ts";
import {
  FrameClient,
  type FrameClientOptions,
  isPrivate,
  parseStreamParams,
  PrivateSessionError,
  serveFrames,
  type StreamParams,
  StreamParamsError,
} from "./frames/mod.ts";

/** Replays of their own that may run at once: each has a worker. */
const MAX_PRIVATE_SESSIONS = 4;

/** Those of one client. */
const MAX_PRIVATE_SESSIONS_PER_CLIENT = 2;

/** Bins under way to the main thread before a worker waits. */
const MAX_IN_FLIGHT = 256;

/** A live feed whose newest bin is older than this is not ready, ms. */
const READY_AGE_MS = 5_000;

/** Past bins a client gets when it does not say. */
const DEFAULT_BACKFILL = 300;

/** What the routes serve: the shared market, its clients, the files on offer and the figures. */
export class MarketHost {
  readonly config: Config;
  readonly log: Logger;
  readonly catalogue: Catalogue;
  /** Takes files of people into the data folder, where the catalogue finds them. */
  readonly uploads: Uploads;
  readonly #clock: Clock;
  readonly #hub: Hub;
  readonly #session: MarketSession;
  readonly #clients = new Set<FrameClient>();
  readonly #private = new Set<MarketSession>();
  #spec: MarketSpec;
  #timeline: ControlTimeline;
  /** Private sessions that run or are about to, by client. */
  readonly #privateGate = new ClientGate({
    perClient: MAX_PRIVATE_SESSIONS_PER_CLIENT,
    total: MAX_PRIVATE_SESSIONS,
  });
  #stopping = false;

  /** Starts the configured feed at once; its failure shows as a state, not as an exception. */
  constructor(
    config: Config,
    log: Logger,
    clock: Clock,
    hub: Hub,
    timeline: ControlTimeline = fixedTimeline({
      ...DEFAULT_CONTROL,
      shared_seed: config.tapeSeed,
    }),
  ) {
    this.config = config;
    this.#timeline = timeline;
    this.log = log;
    this.#clock = clock;
    this.#hub = hub;
    this.catalogue = new Catalogue(config.dataDir, config.feed, config.samples);
    this.uploads = new Uploads(resolve(config.dataDir, "uploads"));
    this.#spec = this.#baseSpec(config.feed);
    log.info("feed_start", { source: this.#spec.source });
    this.#session = new MarketSession(this.#spec, {
      hub,
      log: log.child("market"),
      nowMs: () => clock.nowMs(),
      autoAck: true,
      ...(config.latencyFile !== "" && { latency: latencySettings(config) }),
    });
  }

  /** The market that all clients share. */
  get session(): MarketSession {
    return this.#session;
  }

  /**
   * Runs a command on the shared market.
   *
   * @throws {CommandError} When the feed refuses, the file is not on offer, or a feed cannot be opened; one
   *   that ran before goes on then.
   */
  async apply(command: FeedCommand): Promise<FeedState | null> {
    if (command.op !== "open") return await this.#session.command(command);
    const spec = await this.#specOf(command.feed);
    this.log.info("feed_switch", { source: spec.source });
    const state = await this.#session.open(spec);
    this.#spec = spec;
    if (state?.phase === "error") throw new CommandError(state.message ?? "Cannot open the feed");
    return state;
  }

  /**
   * Takes a client's place among the private sessions when its query asks for one.
   *
   * @returns Gives the place back.
   * @throws {PrivateSessionError} When the client has two of them, or four run.
   */
  hold(query: URLSearchParams, client: string): () => void {
    return wantsPrivate(query) ? this.holdReplay(client) : () => {};
  }

  /**
   * Takes a client's place among the private sessions.
   *
   * @returns Gives the place back.
   * @throws {PrivateSessionError} When the client has two of them, or four run.
   */
  holdReplay(client: string): () => void {
    const refusal = this.#privateGate.enter(client);
    if (refusal === null) return () => this.#privateGate.leave(client);
    throw new PrivateSessionError(
      refusal === "full"
        ? `At most ${MAX_PRIVATE_SESSIONS} private sessions run at once`
        : `At most ${MAX_PRIVATE_SESSIONS_PER_CLIENT} private sessions of one client run at once`,
    );
  }

  /**
   * Looks for a file on offer that can be replayed for one reader.
   *
   * @param date New York date that it must hold.
   * @param accepts Whether a symbol is wanted.
   * @returns Opens the first such file, which goes on as fast as its bins are taken; null without one.
   */
  async findReplay(
    date: string,
    accepts: (symbol: string) => boolean,
  ): Promise<(() => MarketSession) | null> {
    const { files } = await listFeeds(this.catalogue);
    const file = files.find((file) =>
      file.symbol !== null && accepts(file.symbol) && holds(file, date)
    );
    const entry = file === undefined ? null : await this.catalogue.find(file.name);
    if (entry === null) return null;
    if (this.#stopping) return null;
    return () => this.#newPrivate({ ...this.#baseSpec(entry.path), date, speed: "max" });
  }

  /** Ends a market of one reader. */
  endReplay(session: MarketSession): void {
    this.#private.delete(session);
    void session.stop();
  }

  /** Serves an open socket by the query that it was asked for with. */
  serve(socket: Socket, query: URLSearchParams): Served {
    return serveFrames(socket, query, this);
  }

  /**
   * Serves a socket: the shared market, or a replay of its own.
   *
   * @returns Call it when the socket has closed.
   * @throws {StreamParamsError} When the request cannot be met; nothing was started.
   */
  async attach(socket: Socket, params: StreamParams): Promise<() => void> {
    if (isPrivate(params)) return await this.#attachPrivate(socket, params);
    for (const name of ["file", "start_time", "speed"] as const) {
      if (params[name] !== undefined) {
        throw new StreamParamsError(`${name} needs session=private`);
      }
    }
    await this.#session.opened();
    this.#checkStopping();
    const { config, state } = this.#session;
    if (config !== null) checkLock(params, config);
    if (state !== null) checkDate(params, state);
    const { backfill = DEFAULT_BACKFILL, parts } = params;
    const newestFirst = params.order === "newest";
    return this.#follow(socket, this.#session, { backfill, waits: false, newestFirst, parts });
  }

  /** Tells every market the control timeline after a change. */
  control(timeline: ControlTimeline): void {
    this.#timeline = timeline;
    for (const session of [this.#session, ...this.#private]) session.control(timeline);
  }

  /** Age of the newest bin, ms; null before the first. */
  get lastBinAgeMs(): number | null {
    const at = this.#session.totals.lastBinAtMs;
    return at === null ? null : Math.round(this.#clock.nowMs() - at);
  }

  /** Ready when the feed runs and its newest bin is fresh. */
  readiness(): CheckResult {
    const worker = this.#session.readiness();
    if (!worker.ok) return worker;
    const phase = this.#session.state?.phase ?? "opening";
    const ageMs = this.lastBinAgeMs;
    const newest = ageMs === null ? "no bin yet" : `newest bin ${ageMs} ms old`;
    return {
      ok: phase === "live" && ageMs !== null && ageMs < READY_AGE_MS,
      detail: `${phase}, ${newest}`,
    };
  }

  /** Open streams, private replays and bins that slow readers did not get. */
  get streams(): { readonly clients: number; readonly replays: number; readonly dropped: number } {
    return {
      clients: this.#clients.size,
      replays: this.#private.size,
      dropped: this.#hub.dropped(TOPICS.marketBins),
    };
  }

  /** Figures for `/metrics`. */
  metrics(): readonly Metric[] {
    const { events, bins, lastBinAtMs } = this.#session.totals;
    const memory = Deno.memoryUsage();
    const age = lastBinAtMs === null ? -1 : (this.#clock.nowMs() - lastBinAtMs) / 1_000;
    const counter = (name: string, help: string, value: number): Metric => ({
      name,
      type: "counter",
      help,
      value,
    });
    const gauge = (name: string, help: string, value: number): Metric => ({
      name,
      type: "gauge",
      help,
      value,
    });
    return [
      counter("lotus_events_total", "Market events processed", events),
      counter("lotus_bins_total", "Bins closed and published", bins),
      gauge("lotus_lag_seconds", "Bin schedule lag", (this.#session.state?.lagMs ?? 0) / 1_000),
      gauge("lotus_last_bin_age_seconds", "Age of the newest bin, -1 before the first", age),
      gauge("lotus_stream_clients", "Connected stream clients", this.#clients.size),
      gauge("lotus_private_sessions", "Replays of single clients", this.#private.size),
      counter("lotus_dropped_bins_total", "Bins skipped for slow clients", this.streams.dropped),
      gauge("lotus_memory_rss_bytes", "Resident memory of the process", memory.rss),
      gauge("lotus_memory_heap_used_bytes", "Used heap of the main thread", memory.heapUsed),
    ];
  }

  /** Ends the workers; resolves when their files are written. The sockets are closed before. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const ends = [this.#session, ...this.#private].map((session) => session.stop());
    this.#private.clear();
    await Promise.all(ends);
  }

  #checkStopping(): void {
    if (this.#stopping) throw new StreamParamsError("session is closed as the server is stopping");
  }

  #follow(
    socket: Socket,
    session: MarketSession,
    options: Omit<FrameClientOptions, "epochMs">,
  ): () => void {
    const epochMs = () => Number(this.#clock.wallNs() / 1_000_000n);
    const client = new FrameClient(socket, session, { ...options, epochMs });
    this.#clients.add(client);
    this.log.debug("client_connected", { private: options.waits, clients: this.#clients.size });
    return () => {
      client.dispose();
      if (!this.#clients.delete(client)) return;
      this.log.debug("client_disconnected", {
        private: options.waits,
        clients: this.#clients.size,
      });
    };
  }

  async #attachPrivate(socket: Socket, params: StreamParams): Promise<() => void> {
    if (params.order === "newest") throw new StreamParamsError("order needs session=shared");
    const session = await this.#openPrivate(params);
    const { parts } = params;
    const end = this.#follow(socket, session, { backfill: Infinity, waits: true, parts });
    return () => {
      end();
      this.endReplay(session);
    };
  }

  /** Opens a session of its own, or throws what a client is told. */
  async #openPrivate(params: StreamParams): Promise<MarketSession> {
    const spec = await this.#privateSpec(params);
    this.#checkStopping();
    const session = this.#newPrivate(spec);
    try {
      await session.opened();
      this.#checkStopping();
      if (session.config === null) {
        const name = params.file === undefined ? "session" : "file";
        throw new StreamParamsError(`${name}: ${session.state?.message ?? "Cannot open the feed"}`);
      }
      checkLock(params, session.config);
      return session;
    } catch (error) {
      this.#private.delete(session);
      await session.stop();
      throw error;
    }
  }

  #newPrivate(spec: MarketSpec): MarketSession {
    const session = new MarketSession(spec, {
      hub: this.#hub,
      log: this.log.child("private"),
      nowMs: () => this.#clock.nowMs(),
      autoAck: false,
      backfill: MAX_IN_FLIGHT * 2,
    });
    this.#private.add(session);
    return session;
  }

  async #privateSpec(params: StreamParams): Promise<MarketSpec> {
    const date = params.dt ?? null;
    const own = { date, start: params.start_time ?? null, speed: params.speed ?? 1 };
    if (params.file === undefined) {
      if (this.#spec.source === "synthetic") {
        for (const name of ["start_time", "dt"] as const) {
          if (params[name] !== undefined) throw new StreamParamsError(`${name} needs a file`);
        }
      }
      return { ...this.#spec, plan: this.#plan(), ...own };
    }
    const entry = await this.catalogue.find(params.file);
    if (entry === null) throw new StreamParamsError(`file is not on offer: ${params.file}`);
    return { ...this.#baseSpec(entry.path), ...own };
  }

  #plan(): PlanSpec {
    return { timeline: this.#timeline, clock: this.config.tapeClock };
  }

  #baseSpec(feed: string): MarketSpec {
    const { config } = this;
    return {
      source: feed === "synthetic" ? feed : resolve(feed),
      seed: config.seed,
      regime: null,
      plan: this.#plan(),
      instrument: config.instrumentConfigPath || config.instrument,
      model: null,
      projection: {
        form: config.projection,
        cubicScale: config.projectionCubicScale,
        dampingLambda: config.projectionDamping,
      },
      date: null,
      start: null,
      speed: 1,
      cacheDir: resolve(config.dataDir),
      maxInFlight: MAX_IN_FLIGHT,
    };
  }

  async #specOf(feed: OpenFeed): Promise<MarketSpec> {
    const base = this.#baseSpec("synthetic");
    const common = { instrument: feed.instrument ?? base.instrument, model: feed.model ?? null };
    if (feed.kind === "synthetic") {
      return { ...base, ...common, seed: feed.seed ?? base.seed, regime: feed.regime ?? null };
    }
    const entry = await this.catalogue.find(feed.file);
    if (entry === null) {
      throw new CommandError(`Cannot open a file that is not on offer: ${feed.file}`);
    }
    return {
      ...base,
      ...common,
      source: entry.path,
      start: feed.start ?? null,
      speed: feed.speed ?? 1,
    };
  }
}

/** A query that breaks a rule gets no session; its socket is told why. */
function wantsPrivate(query: URLSearchParams): boolean {
  try {
    return isPrivate(parseStreamParams(query));
  } catch (error) {
    if (error instanceof StreamParamsError) return false;
    throw error;
  }
}

function latencySettings(config: Config): LatencySettings {
  return {
    path: resolve(config.latencyFile),
    from: config.latencyFrom || null,
    to: config.latencyTo || null,
    summaryEvery: config.latencySummaryBins,
  };
}

/** Whether a file holds something of a New York date. */
function holds({ startNs, endNs, readable }: ListedFile, date: string): boolean {
  if (!readable || startNs === null || endNs === null) return false;
  return newYorkDate(BigInt(startNs)) <= date && date <= newYorkDate(BigInt(endNs));
}

/** The terminal serves one instrument; a client that asks for another is told so. */
function checkLock(params: StreamParams, config: RuntimeConfig): void {
  for (const name of ["product_type", "symbol"] as const) {
    const wanted = params[name];
    if (wanted !== undefined && wanted !== config[name]) {
      throw new StreamParamsError(
        `${name} must be ${String(config[name])}, the instrument of this terminal: ${wanted}`,
      );
    }
  }
}

/** A client that names a session date gets no other day. */
function checkDate(params: StreamParams, state: FeedState): void {
  const now = state.nowNs ?? state.startNs;
  if (params.dt === undefined || now === null) return;
  const date = newYorkDate(BigInt(now));
  if (params.dt !== date) {
    throw new StreamParamsError(
      `dt must be ${date}, the New York date of the shared market: ${params.dt}`,
    );
  }
}
