import type { Connection } from "./connection.ts";

/** What a stream tells its owner. */
export interface StreamHandlers {
  onText(text: string): void;
  onBinary(bytes: Uint8Array): void;
  onConnection(connection: Connection): void;
}

const BACKOFF_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;
/** The server refused the parameters; asking again would not help. */
const CLOSE_REFUSED = 1_008;

/** A WebSocket that comes back: each failure waits longer, up to eight seconds. */
export class FrameLink {
  readonly #url: string;
  readonly #handlers: StreamHandlers;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #attempt = 1;
  #stopped = false;

  constructor(url: string, handlers: StreamHandlers) {
    this.#url = url;
    this.#handlers = handlers;
  }

  /** Opens the socket now, whatever the waiting time says. */
  open(): void {
    this.#cancelTimer();
    this.#detach();
    this.#stopped = false;
    this.#handlers.onConnection({ kind: "connecting", attempt: this.#attempt });
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#attempt = 1;
      this.#handlers.onConnection({ kind: "open" });
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (typeof event.data === "string") this.#handlers.onText(event.data);
      else this.#handlers.onBinary(new Uint8Array(event.data));
    };
    socket.onclose = (event) => this.#closed(event.code, event.reason);
    this.#socket = socket;
  }

  /** Closes the socket for good. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#detach();
  }

  #closed(code: number, reason: string): void {
    this.#socket = null;
    if (this.#stopped) return;
    if (code === CLOSE_REFUSED) {
      this.#handlers.onConnection({ kind: "refused", reason: reason || "bad parameters" });
      return;
    }
    const delayMs = BACKOFF_MS[Math.min(this.#attempt, BACKOFF_MS.length) - 1]!;
    this.#attempt++;
    this.#handlers.onConnection({
      kind: "waiting",
      attempt: this.#attempt,
      retryAtMs: performance.now() + delayMs,
      reason: reason || closeText(code),
    });
    this.#timer = setTimeout(() => this.open(), delayMs);
  }

  #detach(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
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
