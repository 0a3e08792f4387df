import type { Config } from "../../config.ts";
import type { StreamName } from "../../engine/flow/mod.ts";
import { LIVE_LIMITS } from "../../modules/tape/mod.ts";
import { clientAddress, problem } from "../http/mod.ts";
import type { Logger } from "../log/mod.ts";
import type { Clock } from "../market/clock.ts";
import type { TapeService } from "../tape/mod.ts";
import { StoreHistory } from "./history.ts";
import { LiveHub } from "./live_hub.ts";
import { type Refusal, SocketGate } from "./socket_gate.ts";
import { StreamHub } from "./stream_hub.ts";

/** What a host is made of. */
export interface LiveHostOptions {
  readonly tape: TapeService;
  readonly config: Pick<Config, "corsOrigins" | "trustedProxies" | "wsRateLimit">;
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
interface Served {
  receive(data: unknown): void;
  end(): void;
}

const REFUSALS: Readonly<Record<Refusal["code"], readonly [number, string]>> = {
  foreign_origin: [403, "Sockets go to this terminal's pages only"],
  too_many_sockets: [429, `At most ${LIVE_LIMITS.socketsPerClient} sockets are open to one client`],
  rate_limited: [429, "Too many sockets were opened in this minute"],
  full: [503, "The terminal serves as many sockets as it can"],
};

/** The tape, and every socket that it is served on. */
export class LiveHost {
  readonly tape: TapeService;
  readonly live: LiveHub;
  readonly streams: StreamHub;
  readonly #options: LiveHostOptions;
  readonly #gate: SocketGate;

  constructor(options: LiveHostOptions) {
    const { tape, clock, log, config } = options;
    this.#options = options;
    this.tape = tape;
    this.live = new LiveHub({
      rows: tape.rows,
      history: new StoreHistory(tape.store),
      clock,
      log,
      health: () => tape.health(),
    });
    this.streams = new StreamHub(tape.rows);
    this.#gate = new SocketGate({
      origins: config.corsOrigins,
      rateLimit: config.wsRateLimit,
      nowMs: () => clock.nowMs(),
    });
  }

  /** Sockets open now, and refused so far. */
  get sockets(): { readonly open: number; readonly refused: number; readonly dropped: number } {
    return {
      open: this.#gate.open,
      refused: this.#gate.refused,
      dropped: this.live.dropped + this.streams.dropped,
    };
  }

  /** Answers a request for the live protocol. */
  serveLive(request: SocketRequest): Response {
    return this.serve(request, (socket) => this.live.attach(socket));
  }

  /** Answers a request for one whole stream. */
  serveStream(request: SocketRequest, stream: StreamName): Response {
    return this.serve(request, (socket) => ({
      receive: () => undefined,
      end: this.streams.attach(socket, stream),
    }));
  }

  /** Upgrades a request that the gate lets in, and serves it until it closes. */
  serve(request: SocketRequest, attach: (socket: WebSocket) => Served): Response {
    const { trustedProxies } = this.#options.config;
    const address = clientAddress(request.req, request.info.remoteAddr, trustedProxies);
    const { headers } = request.req;
    const refusal = this.#gate.enter({
      address,
      origin: headers.get("origin"),
      host: headers.get("host"),
    });
    if (refusal !== null) return refuse(refusal);
    let upgraded: { socket: WebSocket; response: Response };
    try {
      upgraded = request.upgrade({ idleTimeout: LIVE_LIMITS.idleSeconds });
    } catch (error) {
      this.#gate.leave(address);
      throw error;
    }
    const { socket, response } = upgraded;
    let served: Served | null = null;
    socket.addEventListener("open", () => {
      served = attach(socket);
    });
    socket.addEventListener("message", (event) => served?.receive(event.data));
    socket.addEventListener("close", () => {
      served?.end();
      this.#gate.leave(address);
    });
    return response;
  }

  /** Closes every socket. The tape goes on. */
  stop(): void {
    this.live.stop();
    this.streams.stop();
  }
}

function refuse(refusal: Refusal): Response {
  const [status, message] = REFUSALS[refusal.code];
  const response = problem(status, refusal.code, message);
  if (refusal.code === "rate_limited") {
    response.headers.set("retry-after", String(Math.ceil(refusal.retryAfterMs / 1_000)));
  }
  return response;
}
