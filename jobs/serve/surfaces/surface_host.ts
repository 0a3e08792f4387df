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
import { SurfaceClient } from "./surface_client.ts";
import { SurfaceEncoder, surfacesNamed } from "./surface_encoder.ts";
import { SurfaceFeed, type SurfaceSource } from "./surface_feed.ts";

const WINDOWS_PER_MINUTE = 60;

/** What a host of surfaces is made of. */
export interface SurfaceHostOptions {
  readonly source: SurfaceSource;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The surfaces of the terminal's market, over sockets and as Arrow streams over REST. */
export class SurfaceHost {
  /** Windows of the shared market, and their readers. */
  readonly feed: SurfaceFeed;
  readonly encoder = new SurfaceEncoder();
  readonly #options: SurfaceHostOptions;

  constructor(options: SurfaceHostOptions) {
    this.#options = options;
    this.feed = new SurfaceFeed(options.source, options.hub);
  }

  /**
   * Serves an open socket. A bad query closes it with 1008 before any message, a symbol or date without
   * data with 4404.
   */
  serve(socket: Socket, path: StreamPath, query: URLSearchParams): Served {
    let client: SurfaceClient | null = null;
    let leave = () => {};
    let isOver = false;
    const attach = async () => {
      try {
        const params = parseSurfaceParams(query);
        await this.feed.opened();
        if (isOver) return;
        this.feed.check(params);
        client = this.#clientOf(socket, path, params);
        leave = this.feed.add(client, params, (why) => {
          leave();
          closeSocket(socket, CLOSE.SOURCE_GONE, why);
        });
      } catch (error) {
        this.#refuse(socket, error);
      }
    };
    void attach();
    return {
      receive: (text) => client?.receive(text),
      refuse: (reason) => client?.refuse(reason),
      end: () => {
        isOver = true;
        leave();
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
        name: "lotus_surface_messages_total",
        type: "counter",
        help: "Arrow messages of surfaces made, each once for all its readers",
        value: this.encoder.encoded,
      },
    ];
  }

  #clientOf(socket: Socket, path: StreamPath, params: SurfaceParams): SurfaceClient {
    const { clock } = this.#options;
    const { ring } = this.feed;
    const defaults = DEFAULTS[path];
    const names = params.surfaces ?? [];
    const isLive = params.dt === undefined || params.dt === "live";
    return new SurfaceClient(socket, ring, this.encoder, {
      path,
      surfaces: surfacesNamed(names.length === 0 ? defaults.surfaces : names),
      isExtended: params.ext === "1",
      anchor: params.anchor ?? defaults.anchor,
      mode: isLive ? "live" : "replay",
      from: isLive ? this.#liveFrom(params) : this.#replayFrom(params, defaults.skipMinutes),
      speed: params.speed,
      nowMs: () => clock.nowMs(),
      wallNs: () => clock.wallNs(),
      isEnded: () => this.feed.isEnded,
    });
  }

  /** The newest window, or the first of the backlog. */
  #liveFrom({ start_ts_ns: startNs }: SurfaceParams): number {
    const { windows } = this.feed.ring;
    const newest = Math.max(windows.start, windows.end - 1);
    return startNs === undefined ? newest : Math.min(newest, this.feed.ring.from(BigInt(startNs)));
  }

  /** The first window that is not left out; the newest one at the latest. */
  #replayFrom(params: SurfaceParams, skipMinutes: number): number {
    const { ring } = this.feed;
    const { skip_minutes: skip = skipMinutes, start_ts_ns: startNs = 0 } = params;
    const from = Math.max(
      ring.windows.start + skip * WINDOWS_PER_MINUTE,
      ring.from(BigInt(startNs)),
    );
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
