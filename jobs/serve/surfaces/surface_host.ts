import {
  type Clock,
  CLOSE,
  closeSocket,
  type Hub,
  type Logger,
  type Metric,
  type Served,
  type Socket,
} from "../../kit/mod.ts";
import {
  DEFAULTS,
  NoSurfacesError,
  parseSurfaceParams,
  type StreamPath,
  type SurfaceParams,
  SurfaceParamsError,
} from "./params.ts";
import type { MarketSession } from "../../market/mod.ts";
import { type ClientOptions, SurfaceClient } from "./surface_client.ts";
import { SurfaceEncoder, surfacesNamed } from "./surface_encoder.ts";
import { isOf, SurfaceFeed, type SurfaceSource } from "./surface_feed.ts";
import { SurfaceReplay } from "./surface_replay.ts";

const WINDOWS_PER_MINUTE = 60;
const WINDOW_NS = 1_000_000_000n;

/** Markets of the past, each for one reader. */
export interface ReplayMarkets {
  /** Takes a client's place among them, or throws. @returns Gives it back. */
  holdReplay(client: string): () => void;
  /**
   * Looks for what there is of a New York date, with the first symbol that is accepted.
   *
   * @returns Opens it; null when there is nothing.
   */
  findReplay(
    date: string,
    accepts: (symbol: string) => boolean,
  ): Promise<(() => MarketSession) | null>;
  endReplay(market: MarketSession): void;
}

/** What a host of surfaces is made of. */
export interface SurfaceHostOptions {
  readonly source: SurfaceSource;
  readonly replays: ReplayMarkets;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a socket reads. */
interface Attached {
  readonly client: SurfaceClient;
  readonly leave: () => void;
}

/** The surfaces of the terminal's market and of files, over sockets and as Arrow streams over REST. */
export class SurfaceHost {
  /** Windows of the shared market, and their readers. */
  readonly feed: SurfaceFeed;
  readonly encoder = new SurfaceEncoder();
  readonly #options: SurfaceHostOptions;
  #replays = 0;

  constructor(options: SurfaceHostOptions) {
    this.#options = options;
    this.feed = new SurfaceFeed(options.source, options.hub);
  }

  /** Takes a client's place among the replays when its query needs a market of its own. */
  hold(query: URLSearchParams, client: string): () => void {
    return this.#isElsewhere(query) ? this.#options.replays.holdReplay(client) : () => {};
  }

  /**
   * Serves an open socket. A bad query closes it with 1008 before any message, a symbol or date without
   * data with 4404.
   */
  serve(socket: Socket, path: StreamPath, query: URLSearchParams): Served {
    let attached: Attached | null = null;
    let isOver = false;
    const attach = async () => {
      try {
        const params = parseSurfaceParams(query);
        await this.feed.opened();
        attached = await this.#attach(socket, path, params);
        if (isOver) attached.leave();
      } catch (error) {
        this.#refuse(socket, error);
      }
    };
    void attach();
    return {
      receive: (text) => attached?.client.receive(text),
      refuse: (reason) => attached?.client.refuse(reason),
      end: () => {
        isOver = true;
        attached?.leave();
      },
    };
  }

  /** Figures for `/metrics`. */
  metrics(): readonly Metric[] {
    return [
      ...this.feed.ring.metrics(),
      {
        name: "lotus_surface_clients",
        type: "gauge",
        help: "Readers of streams of surfaces",
        value: this.feed.clients,
      },
      {
        name: "lotus_surface_replays",
        type: "gauge",
        help: "Markets that are replayed for readers of surfaces",
        value: this.#replays,
      },
      {
        name: "lotus_surface_messages_total",
        type: "counter",
        help: "Arrow messages of surfaces made, each once for all its readers",
        value: this.encoder.encoded,
      },
    ];
  }

  /** Whether what is asked for is not the shared market's. A query that breaks a rule asks for nothing. */
  #isElsewhere(query: URLSearchParams): boolean {
    try {
      const params = parseSurfaceParams(query);
      if (isLive(params)) return false;
      this.feed.check(params);
      return false;
    } catch (error) {
      return error instanceof NoSurfacesError;
    }
  }

  async #attach(socket: Socket, path: StreamPath, params: SurfaceParams): Promise<Attached> {
    try {
      this.feed.check(params);
    } catch (error) {
      const { dt } = params;
      if (dt === undefined || dt === "live" || !(error instanceof NoSurfacesError)) throw error;
      return await this.#attachReplay(socket, path, { ...params, dt }, error);
    }
    const from = isLive(params) ? this.#liveFrom(params) : this.#replayFrom(path, params);
    const { feed } = this;
    const mode = isLive(params) ? "live" : "replay";
    const client = this.#clientOf(socket, path, params, { feed, from, mode });
    return { client, leave: follow(socket, feed, client, params) };
  }

  /** Opens a market of the past for this client. @throws The error when there is none. */
  async #attachReplay(
    socket: Socket,
    path: StreamPath,
    params: SurfaceParams & { readonly dt: string },
    missing: NoSurfacesError,
  ): Promise<Attached> {
    const { replays, hub } = this.#options;
    const { symbol } = params;
    const accepts = (own: string) => symbol === undefined || isOf(own, symbol);
    const open = await replays.findReplay(params.dt, accepts);
    if (open === null) throw missing;
    const market = open();
    const replay = new SurfaceReplay(market, hub);
    const end = () => {
      replay.stop();
      replays.endReplay(market);
    };
    await market.opened();
    if (market.config === null) {
      end();
      throw new NoSurfacesError(market.state?.message ?? "The file cannot be opened");
    }
    this.#replays++;
    const firstNs = firstEndOf(path, params, market.state?.startNs ?? null);
    if (firstNs !== null) await replay.seek(firstNs).catch(() => {});
    const { feed } = replay;
    const client = this.#clientOf(socket, path, params, {
      feed,
      from: 0,
      mode: "replay",
      onTaken: (next) => replay.taken(next),
      seekFar: (endNs) => replay.seek(endNs),
    });
    const leave = follow(socket, feed, client, params);
    return {
      client,
      leave: once(() => {
        leave();
        this.#replays--;
        end();
      }),
    };
  }

  #clientOf(
    socket: Socket,
    path: StreamPath,
    params: SurfaceParams,
    { feed, ...own }:
      & { readonly feed: SurfaceFeed }
      & Pick<
        ClientOptions,
        "from" | "mode" | "onTaken" | "seekFar"
      >,
  ): SurfaceClient {
    const { clock } = this.#options;
    const { surfaces, anchor } = DEFAULTS[path];
    const names = params.surfaces ?? [];
    return new SurfaceClient(socket, feed.ring, this.encoder, {
      ...own,
      path,
      surfaces: surfacesNamed(names.length === 0 ? surfaces : names),
      isExtended: params.ext === "1",
      anchor: params.anchor ?? anchor,
      speed: params.speed,
      nowMs: () => clock.nowMs(),
      wallNs: () => clock.wallNs(),
      isEnded: () => feed.isEnded,
    });
  }

  /** The newest window, or the first of the backlog. */
  #liveFrom({ start_ts_ns: startNs }: SurfaceParams): number {
    const { windows } = this.feed.ring;
    const newest = Math.max(windows.start, windows.end - 1);
    return startNs === undefined ? newest : Math.min(newest, this.feed.ring.from(BigInt(startNs)));
  }

  /** The first window that is not left out; the newest one at the latest. */
  #replayFrom(path: StreamPath, params: SurfaceParams): number {
    const { ring } = this.feed;
    const { skip_minutes: skip = DEFAULTS[path].skipMinutes, start_ts_ns: startNs = 0 } = params;
    const asked = ring.from(BigInt(startNs));
    const from = Math.max(ring.windows.start + skip * WINDOWS_PER_MINUTE, asked);
    return Math.min(from, Math.max(ring.windows.start, ring.windows.end - 1));
  }

  #refuse(socket: Socket, error: unknown): void {
    const isBad = error instanceof SurfaceParamsError;
    const isKnown = isBad || error instanceof NoSurfacesError;
    const cause = error instanceof Error ? error.message : String(error);
    if (isKnown) this.#options.log.debug("client_refused", { message: cause });
    else this.#options.log.error("stream_failed", { message: cause });
    const code = isBad ? CLOSE.REFUSED : isKnown ? CLOSE.NO_DATA : CLOSE.FAILED;
    closeSocket(socket, code, isKnown ? cause : "The stream failed");
  }
}

function isLive({ dt }: SurfaceParams): boolean {
  return dt === undefined || dt === "live";
}

/** End of the first window wanted of a replay, epoch ns; null for its beginning. */
function firstEndOf(
  path: StreamPath,
  params: SurfaceParams,
  startNs: string | null,
): bigint | null {
  const { skip_minutes: skip = DEFAULTS[path].skipMinutes, start_ts_ns: askedNs } = params;
  const skippedNs = BigInt(skip * WINDOWS_PER_MINUTE) * WINDOW_NS;
  const skipNs = startNs === null || skip === 0 ? 0n : BigInt(startNs) + skippedNs + WINDOW_NS;
  const endNs = askedNs === undefined ? 0n : BigInt(askedNs);
  const first = skipNs > endNs ? skipNs : endNs;
  return first === 0n ? null : first;
}

/** A client reads a feed, until it leaves or the feed is gone. @returns Call it when its socket closes. */
function follow(
  socket: Socket,
  feed: SurfaceFeed,
  client: SurfaceClient,
  params: SurfaceParams,
): () => void {
  const leave = feed.add(client, params, (why) => {
    leave();
    closeSocket(socket, CLOSE.SOURCE_GONE, why);
  });
  return leave;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
