import { type Config, loadConfig } from "../../config.ts";
import { serve, serveByName } from "../kit/http/mod.ts";
import { createLogger, Hub, SocketHost } from "../kit/mod.ts";
import { createGuard, explainError, SOCKET_LIMITS } from "../serve/mod.ts";
import {
  LIVE_SOCKET,
  REPLAY_BY_ID,
  REPLAY_SOCKET,
  REPLAYS,
  STREAM_SOCKETS,
} from "../serve/endpoints/mod.ts";
import { ReplaySessions } from "../serve/replay/mod.ts";
import { LiveHub, StoreHistory, StreamHub } from "../serve/rows/mod.ts";
import type { SocketState } from "../serve/state.ts";
import { type RigOptions, TapeRig } from "./tape_rig.ts";
import { PATIENCE_MS } from "./patience.ts";

/** Nobody is an operator. */
const STRANGERS = { hasPassphrase: true, identify: () => null, hasCsrfToken: () => false };

/** What stands at the addresses of the sockets and the replays. */
const ROUTES: readonly (readonly [string, ReturnType<typeof serve<SocketState>>])[] = [
  ["/ws/live", serve(LIVE_SOCKET)],
  ["/ws/replay/:id", serve(REPLAY_SOCKET)],
  ["/ws/:stream", serveByName("stream", STREAM_SOCKETS)],
  ["/replay/sessions", serve(...REPLAYS)],
  ["/replay/sessions/:id", serve(...REPLAY_BY_ID)],
];

/** A tape rig behind a real server: sockets and replay sessions at the addresses that they have. */
export class LiveRig {
  readonly tape: TapeRig;
  readonly state: SocketState;
  /** Times that the host asked for, after which a silent socket is closed, s. */
  readonly idleTimes: ReadonlySet<number>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(
    tape: TapeRig,
    state: SocketState,
    server: Deno.HttpServer<Deno.NetAddr>,
    idleTimes: ReadonlySet<number>,
  ) {
    this.tape = tape;
    this.state = state;
    this.#server = server;
    this.idleTimes = idleTimes;
  }

  /** Starts the tape, waits until it is live, and serves it. */
  static async create(
    options: RigOptions & {
      readonly api?: Partial<Config>;
      readonly idleMs?: number;
      /** Stands in for the time after which a silent socket is closed, s. */
      readonly idleSeconds?: number;
    } = {},
  ): Promise<LiveRig> {
    const tape = await TapeRig.create(options);
    const state = stateOf(tape, options.api ?? {}, options.idleMs);
    const idleTimes = new Set<number>();
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (req, info) => {
        const url = new URL(req.url);
        for (const [pathname, handler] of ROUTES) {
          const match = new URLPattern({ pathname }).exec(url);
          if (match === null) continue;
          const params = match.pathname.groups as Record<string, string>;
          const upgrade = ({ idleTimeout = 0 }: Deno.UpgradeWebSocketOptions = {}) => {
            idleTimes.add(idleTimeout);
            return Deno.upgradeWebSocket(req, { idleTimeout: options.idleSeconds ?? idleTimeout });
          };
          return handler({ req, url, params, info, state, upgrade });
        }
        return new Response(null, { status: 404 });
      },
    );
    await tape.goLive();
    return new LiveRig(tape, state, server, idleTimes);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  get wsUrl(): string {
    return this.url.replace("http", "ws");
  }

  async stop(): Promise<void> {
    const { sockets, replays, live, streams } = this.state;
    sockets.stop();
    replays.stop();
    live.stop();
    streams.stop();
    await this.#server.shutdown();
    await this.tape.stop();
  }
}

function stateOf(
  tape: TapeRig,
  settings: Partial<Config>,
  idleMs: number | undefined,
): SocketState {
  const log = createLogger("live", {
    level: "debug",
    human: false,
    now: () => new Date(0),
    write: (line) => tape.logLines.push(line),
  });
  const { clock, service } = tape;
  const config = {
    ...loadConfig(() => undefined),
    trustedProxies: ["127.0.0.1"],
    restRateLimit: 0,
    lookupRateLimit: 0,
    wsRateLimit: 0,
    ...settings,
  };
  const guard = createGuard(config, STRANGERS, log, () => clock.wallMs);
  const nowMs = () => clock.nowMs();
  return {
    guard,
    explain: explainError,
    sockets: new SocketHost({ guard, limits: SOCKET_LIMITS, nowMs, log }),
    live: new LiveHub({
      rows: service.rows,
      history: new StoreHistory(service.store),
      clock,
      log,
      health: () => service.health(),
      making: { of: () => service.making(), changes: service.states },
    }),
    streams: new StreamHub(service.rows),
    replays: new ReplaySessions({
      tape: service,
      hub: new Hub(),
      clock,
      log,
      ...(idleMs !== undefined && { idleMs }),
    }),
  };
}

/** A frame of the live protocol, loosely. */
export interface LiveFrame {
  readonly op: string;
  readonly [key: string]: unknown;
}

/** Deno's constructor takes headers; the browser's type of the same name does not know them. */
const SocketWithHeaders = WebSocket as unknown as new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket;

/** Reads the frames of a live socket in order. */
export class LiveReader {
  readonly #socket: WebSocket;
  readonly #frames: LiveFrame[] = [];
  readonly #closed = Promise.withResolvers<CloseEvent>();
  #isClosed = false;
  #onFrame: (() => void) | null = null;

  /** @param client Address that the request says it comes from, through the trusted proxy. */
  constructor(url: string, client = "10.0.0.1") {
    this.#socket = new SocketWithHeaders(url, { headers: { "x-forwarded-for": client } });
    this.#socket.onmessage = ({ data }) => {
      this.#frames.push(JSON.parse(data));
      this.#onFrame?.();
    };
    this.#socket.onclose = (event) => {
      this.#isClosed = true;
      this.#onFrame?.();
      this.#closed.resolve(event);
    };
  }

  /** Connects and waits for the first frame. */
  static async ready(url: string, client?: string): Promise<LiveReader> {
    const reader = new LiveReader(url, client);
    await reader.until((frame) => frame.op === "ready");
    return reader;
  }

  /** Sends a message: a text or bytes as they are, anything else as JSON. */
  send(message: unknown): void {
    const isRaw = typeof message === "string" || message instanceof Uint8Array;
    this.#socket.send(isRaw ? message as string : JSON.stringify(message));
  }

  /** The next frame. @throws When the socket closed. */
  async next(): Promise<LiveFrame> {
    while (this.#frames.length === 0) {
      if (this.#isClosed) throw new Error("Cannot read on as the socket closed");
      await this.#more();
    }
    return this.#frames.shift() as LiveFrame;
  }

  /** Skips to the next frame that is wanted. */
  async until(wanted: (frame: LiveFrame) => boolean): Promise<LiveFrame> {
    while (true) {
      const frame = await this.next();
      if (wanted(frame)) return frame;
    }
  }

  /**
   * Every frame up to now but heartbeats. What is sent is no JSON: its answer cannot be taken for one of the
   * heartbeats that come by themselves, every 15 s of the real clock, as that of a ping can.
   */
  async drain(): Promise<LiveFrame[]> {
    this.send("{drain");
    const frames: LiveFrame[] = [];
    while (true) {
      const frame = await this.next();
      if (frame.op === "error" && frame["message"] === "The message must be JSON") return frames;
      if (frame.op !== "heartbeat") frames.push(frame);
    }
  }

  /** Code and reason of the close, once it happens. */
  async closed(): Promise<readonly [number, string]> {
    const { code, reason } = await this.#closed.promise;
    return [code, reason];
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#closed.promise;
  }

  async #more(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("Cannot wait longer for a frame")), PATIENCE_MS);
    });
    const frame = new Promise<void>((resolve) => this.#onFrame = resolve);
    await Promise.race([frame, late]).finally(() => clearTimeout(timer));
  }
}

/** Items of event and events frames, in order. */
export function itemsOf(frames: readonly LiveFrame[]): readonly Record<string, unknown>[] {
  return frames.flatMap((frame) => {
    if (frame.op === "event") return [frame["item"] as Record<string, unknown>];
    return frame.op === "events" ? frame["items"] as Record<string, unknown>[] : [];
  });
}
