import { ClientGate } from "./client_gate.ts";
import { ApiError, type Guard } from "./http/mod.ts";
import type { Logger } from "./logger.ts";
import type { Metric } from "./metrics.ts";
import { CLOSE, closeSocket, type Socket } from "./socket.ts";

/** Bounds of the sockets of a host. */
export interface SocketLimits {
  /** Sockets of one client, and of all. */
  readonly perClient: number;
  readonly total: number;
  /** Longest message, characters. */
  readonly messageChars: number;
  /** Messages served in each window; at three times as many the socket is closed. */
  readonly messages: number;
  readonly windowMs: number;
  /** Time without an answer to a ping after which a socket is closed, s. */
  readonly idleSeconds: number;
}

/** What a host is made of. */
export interface SocketHostOptions {
  readonly guard: Guard;
  readonly limits: SocketLimits;
  /** Monotonic ms. */
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** A request that is to become a socket. */
export interface SocketCall {
  readonly req: Request;
  readonly info: Deno.ServeHandlerInfo;
  upgrade(options: { idleTimeout: number }): { socket: WebSocket; response: Response };
}

/** What serves an open socket. */
export interface Served {
  /** Takes a message. Sockets that take none leave it out. */
  readonly receive?: (text: string) => void;
  /** Tells the client why a message was not served. */
  readonly refuse?: (reason: string) => void;
  /** The socket has closed, or is about to. */
  readonly end: () => void;
}

/** Time after which a refused client may try again, ms. */
const RETRY_MS = 5_000;

/** At this many times the allowed messages in one window a socket is closed. */
const FLOOD = 3;

interface Open {
  readonly socket: WebSocket;
  /** Gives back what the socket holds. */
  readonly leave: () => void;
  served: Served | null;
  windowAtMs: number;
  messages: number;
}

/**
 * The gate of every socket: who may have one, how many, how much it may say, and how it ends. What is
 * wrong before the upgrade is an {@link ApiError}; afterwards the socket is closed with a code and a
 * reason. A client that answers no pings is closed by the runtime.
 */
export class SocketHost {
  readonly #options: SocketHostOptions;
  readonly #gate: ClientGate;
  readonly #open = new Set<Open>();
  #closedForFlood = 0;
  #isStopping = false;

  constructor(options: SocketHostOptions) {
    this.#options = options;
    this.#gate = new ClientGate(options.limits);
  }

  /** Sockets open now. */
  get open(): number {
    return this.#gate.open;
  }

  /** Sockets refused so far at a limit. */
  get refused(): number {
    return this.#gate.refused;
  }

  /** Figures for `/metrics`. */
  metrics(): readonly Metric[] {
    return [
      { name: "lotus_sockets", type: "gauge", help: "Open sockets of all kinds", value: this.open },
      {
        name: "lotus_refused_sockets_total",
        type: "counter",
        help: "Sockets refused at a limit",
        value: this.refused,
      },
      {
        name: "lotus_flooding_sockets_total",
        type: "counter",
        help: "Sockets closed as they sent too much",
        value: this.#closedForFlood,
      },
    ];
  }

  /**
   * Upgrades a request, and serves its socket until it closes.
   *
   * @param serve Called when the socket is open.
   * @param hold Takes what the socket needs besides a place, by its client, or throws; what it returns
   *   is called when the socket has closed or did not come about.
   * @returns The answer to the upgrade.
   * @throws {ApiError} For a foreign page, a rate or count that is used up, or what is no upgrade.
   */
  accept(
    call: SocketCall,
    serve: (socket: Socket) => Served,
    hold: (client: string) => () => void = () => () => {},
  ): Response {
    const { guard } = this.#options;
    const { req, info } = call;
    guard.requireReader(req);
    if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") throw notASocket();
    if (this.#isStopping) throw new ApiError(503, { error: "The server is stopping" });
    const client = guard.clientOf(req, info);
    this.#enter(client);
    let release = () => {};
    const leave = () => {
      release();
      this.#gate.leave(client);
    };
    try {
      release = hold(client);
      const { socket, response } = call.upgrade({ idleTimeout: this.#options.limits.idleSeconds });
      this.#follow({ socket, leave, served: null, windowAtMs: -Infinity, messages: 0 }, serve);
      return response;
    } catch (cause) {
      leave();
      if (cause instanceof TypeError) throw notASocket();
      throw cause;
    }
  }

  /** Closes every socket, and lets no more in. */
  stop(): void {
    this.#isStopping = true;
    for (const open of this.#open) {
      this.#end(open);
      closeSocket(open.socket, CLOSE.STOPPING, "The server is stopping");
    }
  }

  #enter(client: string): void {
    const refusal = this.#gate.enter(client);
    if (refusal === null) return;
    const isFull = refusal === "full";
    throw new ApiError(isFull ? 503 : 429, {
      code: isFull ? "full" : "too_many_sockets",
      error: isFull
        ? "The server has as many sockets as it can"
        : `At most ${this.#options.limits.perClient} sockets are open to one client`,
      retryAfterMs: RETRY_MS,
    });
  }

  #follow(open: Open, serve: (socket: Socket) => Served): void {
    const { socket } = open;
    this.#open.add(open);
    socket.addEventListener("open", () => {
      this.#guarded(open, () => {
        if (this.#isStopping) closeSocket(socket, CLOSE.STOPPING, "The server is stopping");
        else open.served = serve(socket);
      });
    });
    socket.addEventListener("message", ({ data }) => {
      this.#guarded(open, () => this.#receive(open, data));
    });
    const leave = () => {
      if (!this.#open.delete(open)) return;
      this.#end(open);
      open.leave();
    };
    socket.addEventListener("close", leave);
    socket.addEventListener("error", leave);
  }

  /** A failure of one socket's service ends that socket and no other. */
  #guarded(open: Open, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log.error("socket_failed", { message: String(error) });
      this.#end(open);
      closeSocket(open.socket, CLOSE.FAILED, "The socket failed");
    }
  }

  #receive(open: Open, data: unknown): void {
    const { served } = open;
    if (served === null) return;
    const { messageChars, messages, windowMs } = this.#options.limits;
    if (typeof data !== "string" || data.length > messageChars) {
      const reason = `Messages are texts of at most ${messageChars / 1_024} KiB`;
      return this.#refuse(open, CLOSE.TOO_LARGE, reason);
    }
    const nowMs = this.#options.nowMs();
    if (nowMs - open.windowAtMs >= windowMs) {
      open.windowAtMs = nowMs;
      open.messages = 0;
    }
    open.messages++;
    if (open.messages <= messages) return served.receive?.(data);
    if (open.messages > messages * FLOOD) {
      return this.#refuse(open, CLOSE.REFUSED, "Too many messages");
    }
    served.refuse?.(`At most ${messages} messages in ${windowMs / 1_000} s are served`);
  }

  #refuse(open: Open, code: number, reason: string): void {
    this.#closedForFlood++;
    this.#end(open);
    closeSocket(open.socket, code, reason);
  }

  #end(open: Open): void {
    const { served } = open;
    open.served = null;
    served?.end();
  }
}

function notASocket(): ApiError {
  return new ApiError(400, { code: "not_a_socket", error: "This address is a WebSocket" });
}
