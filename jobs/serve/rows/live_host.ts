import type { StreamName } from "../../../engine/frames/mod.ts";
import { LIVE_LIMITS } from "../../../modules/tape/mod.ts";
import { type ApiContext, ApiError, errorResponse } from "../api/mod.ts";
import { sameOrigin } from "../../kit/http/mod.ts";
import { type Clock, type Logger, type Refusal, SocketGate } from "../../kit/mod.ts";
import type { TapeService } from "../../tape/mod.ts";
import { StoreHistory } from "./history.ts";
import { LiveHub } from "./live_hub.ts";
import { StreamHub } from "./stream_hub.ts";

/** What a host is made of. */
export interface LiveHostOptions {
  readonly tape: TapeService;
  readonly api: ApiContext;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A request that a route wants to make a socket of. */
export interface SocketRequest {
  readonly req: Request;
  readonly info: Deno.ServeHandlerInfo;
  upgrade(options: { idleTimeout: number }): { socket: WebSocket; response: Response };
}

/** What a socket is served by. */
export interface Served {
  receive(data: unknown): void;
  end(): void;
}

const REFUSALS: Readonly<Record<Refusal, string>> = {
  too_many_sockets: `At most ${LIVE_LIMITS.socketsPerClient} sockets are open to one client`,
  full: "The terminal serves as many sockets as it can",
};

/** Time after which a refused client may try again, ms. */
const RETRY_MS = 5_000;

/** The tape, and every socket that it is served on. */
export class LiveHost {
  readonly tape: TapeService;
  readonly live: LiveHub;
  readonly streams: StreamHub;
  readonly #api: ApiContext;
  readonly #gate = new SocketGate();

  constructor({ tape, clock, log, api }: LiveHostOptions) {
    this.#api = api;
    this.tape = tape;
    this.live = new LiveHub({
      rows: tape.rows,
      history: new StoreHistory(tape.store),
      clock,
      log,
      health: () => tape.health(),
    });
    this.streams = new StreamHub(tape.rows);
  }

  /** Sockets open now, and refused so far; rows that slow readers did not get. */
  get sockets(): { readonly open: number; readonly refused: number; readonly dropped: number } {
    return {
      open: this.#gate.open,
      refused: this.#gate.refused,
      dropped: this.tape.rows.dropped,
    };
  }

  /** Answers a request for the live protocol. */
  serveLive(request: SocketRequest): Response {
    return this.serve(request, () => (socket) => this.live.attach(socket));
  }

  /** Answers a request for one whole stream; null is a stream that does not exist. */
  serveStream(request: SocketRequest, stream: StreamName | null): Response {
    return this.serve(request, () => {
      if (stream === null) throw new ApiError(404, { code: "unknown_stream" });
      return (socket) => ({
        receive: () => undefined,
        end: this.streams.attach(socket, stream),
      });
    });
  }

  /**
   * Upgrades a request that may have a socket, and serves it until it closes.
   *
   * @param choose Tells who serves the socket; an {@link ApiError} that it throws is the answer.
   */
  serve(request: SocketRequest, choose: () => (socket: WebSocket) => Served): Response {
    try {
      return this.#upgrade(request, choose());
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(error, crypto.randomUUID());
      throw error;
    }
  }

  /** Closes every socket. The tape goes on. */
  stop(): void {
    this.live.stop();
    this.streams.stop();
  }

  #upgrade(request: SocketRequest, attach: (socket: WebSocket) => Served): Response {
    const { req, info } = request;
    const origin = req.headers.get("origin");
    if (!sameOrigin(req) && (origin === null || !this.#api.allowsOrigin(origin))) {
      throw new ApiError(403);
    }
    this.#api.admit("ws", req, info);
    if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      throw new ApiError(400, { code: "not_a_socket", error: "This address is a WebSocket" });
    }
    const client = this.#api.clientOf(req, info);
    const refusal = this.#gate.enter(client);
    if (refusal !== null) {
      const status = refusal === "full" ? 503 : 429;
      throw new ApiError(status, {
        code: refusal,
        error: REFUSALS[refusal],
        retryAfterMs: RETRY_MS,
      });
    }
    return this.#open(request, client, attach);
  }

  #open(request: SocketRequest, client: string, attach: (socket: WebSocket) => Served): Response {
    let upgraded: { socket: WebSocket; response: Response };
    try {
      upgraded = request.upgrade({ idleTimeout: LIVE_LIMITS.idleSeconds });
    } catch (error) {
      this.#gate.leave(client);
      throw error;
    }
    const { socket, response } = upgraded;
    let served: Served | null = null;
    let left = false;
    socket.addEventListener("open", () => {
      served = attach(socket);
    });
    socket.addEventListener("message", (event) => served?.receive(event.data));
    const leave = () => {
      if (left) return;
      left = true;
      served?.end();
      this.#gate.leave(client);
    };
    socket.addEventListener("close", leave);
    socket.addEventListener("error", leave);
    return response;
  }
}
