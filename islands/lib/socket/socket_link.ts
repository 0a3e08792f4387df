import type { LinkState } from "./link_state.ts";

/** What a link tells its owner. */
export interface LinkHandlers {
  onState(state: LinkState): void;
  onText(text: string): void;
  onBinary?(bytes: Uint8Array): void;
}

/** How a link keeps its socket alive. */
export interface LinkOptions {
  /** Text that the server answers; said when a socket was quiet for a third of `staleMs`. */
  readonly ping?: string;
  /** Silence after which what is shown may be old, ms. */
  readonly staleMs?: number;
  /** Silence after which the socket is taken for dead although it looks open, ms. */
  readonly silentMs?: number;
  /** Wait before the first new attempt, ms; it doubles up to {@link LAST_RETRY_MS}. */
  readonly firstRetryMs?: number;
}

/** Longest wait before a new attempt, ms. */
export const LAST_RETRY_MS = 10_000;
const DEFAULTS = { staleMs: 6_000, silentMs: 12_000, firstRetryMs: 500 } as const;
/** Close code of a server that refuses what was asked. */
const CLOSE_REFUSED = 1_008;

/**
 * A WebSocket that comes back. Each failure waits longer, by chance a little more or less, so that many
 * pages do not come back at once; an open socket without a word for too long counts as lost.
 */
export class SocketLink {
  readonly #handlers: LinkHandlers;
  readonly #ping: string | null;
  readonly #staleMs: number;
  readonly #silentMs: number;
  readonly #firstRetryMs: number;
  #url = "";
  #socket: WebSocket | null = null;
  #attempt = 1;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setInterval> | undefined;
  #heardAtMs = 0;
  #pingedAtMs = 0;
  #isStale = false;

  constructor(handlers: LinkHandlers, options: LinkOptions = {}) {
    this.#handlers = handlers;
    this.#ping = options.ping ?? null;
    this.#staleMs = options.staleMs ?? DEFAULTS.staleMs;
    this.#silentMs = options.silentMs ?? DEFAULTS.silentMs;
    this.#firstRetryMs = options.firstRetryMs ?? DEFAULTS.firstRetryMs;
  }

  /** Opens a socket to an address in place of the one before. */
  open(url: string): void {
    this.#url = url;
    this.#attempt = 1;
    this.#connect();
  }

  /** Tries at once, whatever the waiting time says. Does nothing before {@link open}. */
  retry(): void {
    if (this.#url !== "") this.#connect();
  }

  /** Says a text. Returns false, and says nothing, while the socket is not open. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Closes the socket; it does not come back until {@link open}. */
  close(): void {
    this.#url = "";
    this.#drop();
  }

  #connect(): void {
    this.#drop();
    this.#handlers.onState({ kind: "connecting", attempt: this.#attempt });
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#heardAtMs = Date.now();
    this.#isStale = false;
    socket.onopen = () => {
      this.#heardAtMs = this.#pingedAtMs = Date.now();
      this.#handlers.onState({ kind: "live", sinceMs: this.#heardAtMs });
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => this.#heard(data);
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    this.#checkTimer = setInterval(() => this.#check(), Math.max(10, this.#staleMs / 6));
  }

  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearInterval(this.#checkTimer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #heard(data: string | ArrayBuffer): void {
    this.#heardAtMs = Date.now();
    // Only a server that speaks is there: one that opens and closes at once is asked ever more seldom.
    this.#attempt = 1;
    if (this.#isStale) {
      this.#isStale = false;
      this.#handlers.onState({ kind: "live", sinceMs: this.#heardAtMs });
    }
    if (typeof data === "string") this.#handlers.onText(data);
    else this.#handlers.onBinary?.(new Uint8Array(data));
  }

  #closed(code: number, reason: string): void {
    if (code !== CLOSE_REFUSED) return this.#lost(reason || closeText(code));
    this.#drop();
    this.#handlers.onState({ kind: "refused", reason: reason || "bad parameters" });
  }

  #lost(reason: string): void {
    this.#drop();
    const fullMs = Math.min(LAST_RETRY_MS, this.#firstRetryMs * 2 ** (this.#attempt - 1));
    const waitMs = fullMs * (0.75 + 0.5 * Math.random());
    this.#attempt++;
    this.#retryTimer = setTimeout(() => this.#connect(), waitMs);
    this.#handlers.onState({
      kind: "reconnecting",
      attempt: this.#attempt,
      retryAtMs: Date.now() + waitMs,
      reason,
    });
  }

  #check(): void {
    const nowMs = Date.now();
    const quietMs = nowMs - this.#heardAtMs;
    if (quietMs > this.#silentMs) {
      return this.#lost(`no word for ${Math.round(this.#silentMs / 1_000)} s`);
    }
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const isQuiet = Math.min(quietMs, nowMs - this.#pingedAtMs) > this.#staleMs / 3;
    if (this.#ping !== null && isQuiet) {
      this.#pingedAtMs = nowMs;
      this.send(this.#ping);
    }
    if (quietMs <= this.#staleMs || this.#isStale) return;
    this.#isStale = true;
    this.#handlers.onState({ kind: "stale", heardAtMs: this.#heardAtMs });
  }
}

function closeText(code: number): string {
  switch (code) {
    case 1_001:
      return "the server is stopping";
    case 1_011:
      return "the server had an error";
    case 4_000:
      return "the feed is gone";
    default:
      return "the connection was lost";
  }
}
