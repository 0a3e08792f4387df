import { CLOSE, closeSocket, FrameStream, type Socket } from "../../kit/mod.ts";
import type { Surface, WindowHead } from "../../market/mod.ts";
import { ClientPace } from "./client_pace.ts";
import type { KeptWindow } from "./kept_window.ts";
import { ClientMessage, type StreamPath } from "./params.ts";
import type { StreamForm, SurfaceEncoder } from "./surface_encoder.ts";
import { Unsent } from "./unsent.ts";
import type { WindowRing } from "./window_ring.ts";

/** Speed at which a client that joins live gets what it asked for of the past. */
const BACKLOG_SPEED = 20;

/** A client with ext=1 hears something at least so often, ms. */
const HEARTBEAT_MS = 5_000;

/** Windows that may wait, outside the socket, for a live client that is slow: the newest. */
const MAX_BEHIND = 1;

/** What one client asked for. */
export interface ClientOptions extends StreamForm {
  readonly path: StreamPath;
  readonly surfaces: readonly Surface[];
  /** Number in the ring of the first window wanted. */
  readonly from: number;
  /** `live`: what comes, after a backlog at 20x; `replay`: what is kept, paced by the client's speed. */
  readonly mode: "live" | "replay";
  readonly speed: number;
  /** Monotonic ms, and wall clock in epoch ns. */
  readonly nowMs: () => number;
  readonly wallNs: () => bigint;
  /** Whether nothing comes any more after the windows that are kept. */
  readonly isEnded: () => boolean;
  /** Told the number of the next window, whenever some were sent or it went elsewhere. */
  readonly onTaken?: (next: number) => void;
  /** Fetches what is not kept, from the first window on that ends at a time or later; refuses by an error. */
  readonly seekFar?: (endNs: bigint) => Promise<void>;
}

/**
 * One reader of surfaces. Windows go out whole and in order. A live reader that is slow loses whole
 * windows, the oldest first; the clock of a replay stands while its reader is slow, so it gets every
 * window that the ring still has.
 */
export class SurfaceClient {
  readonly #socket: Socket;
  readonly #ring: WindowRing;
  readonly #encoder: SurfaceEncoder;
  readonly #options: ClientOptions;
  readonly #stream: FrameStream<KeptWindow>;
  readonly #unsent: Unsent;
  readonly #end: () => void;
  /** Null while windows go out as they come. */
  #pace: ClientPace | null;
  /** Whether it goes over to live when it has caught up. */
  #isBacklog: boolean;
  /** Speed of its replays. */
  #speed: number;
  /** End of the newest window sent, epoch ns; null before the first. */
  #sentNs: bigint | null = null;
  /** What was told of the market last; null before the first window. */
  #told: Pick<WindowHead, "symbol" | "tickInt" | "hasOptions"> | null = null;
  #heartbeat: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: Socket, ring: WindowRing, encoder: SurfaceEncoder, options: ClientOptions) {
    this.#socket = socket;
    this.#ring = ring;
    this.#encoder = encoder;
    this.#options = options;
    this.#unsent = new Unsent(socket);
    const { mode, speed, nowMs } = options;
    this.#speed = speed;
    this.#isBacklog = mode === "live" && options.from < ring.windows.end - 1;
    const isEarly = mode === "live" && !this.#isBacklog && ring.windows.last?.head.isPast === true;
    const from = isEarly ? ring.windows.end : options.from;
    if (this.#isBacklog) this.#pace = new ClientPace(nowMs, BACKLOG_SPEED);
    else this.#pace = mode === "live" ? null : new ClientPace(nowMs, speed);
    this.#stream = new FrameStream(socket, ring.windows, {
      from,
      policy: "skip",
      messages: (window) => this.#messagesOf(window),
      maxBehind: () => MAX_BEHIND,
      gap: (dropped, next) => this.#gap(dropped, next),
      isFull: () => this.#unsent.isFull,
      waitMs: (window) => this.#pace?.msUntil(window) ?? 0,
      onHeld: () => this.#pace?.break(),
      onPumped: (sent) => this.#pumped(sent),
    });
    if (mode === "replay") this.#stream.moveTo(from, true);
    this.#end = ring.windows.subscribe((window) => this.#hear(window));
    this.#beat();
    this.#tellStatus();
    this.#stream.pump();
  }

  /** The windows that were kept are of another market or another time. */
  reset(): void {
    if (this.#options.mode === "live") this.#goLive();
    else this.#moveTo(this.#ring.windows.end);
    this.#sentNs = null;
    this.#told = null;
    this.#tellStatus();
  }

  /** Looks whether the data has ended. */
  look(): void {
    if (this.#pace === null || this.#isBacklog || this.#stream.isBehind) return;
    if (!this.#options.isEnded()) return;
    this.#tell({ type: "end" });
    this.dispose();
    closeSocket(this.#socket, CLOSE.DONE, "The data has ended");
  }

  /** Takes a text of the client; without ext=1 nothing is taken. */
  receive(text: string): void {
    if (!this.#options.isExtended) return;
    const parsed = ClientMessage.safeParse(jsonOf(text));
    if (parsed.success) this.#obey(parsed.data);
    else this.#tellStatus(`message: ${parsed.error.issues[0]?.message ?? "is invalid"}`);
  }

  /** Tells why a message was not taken. */
  refuse(reason: string): void {
    this.#tellStatus(reason);
  }

  /** Stops reading; for a socket that closed by itself. */
  dispose(): void {
    clearTimeout(this.#heartbeat);
    this.#stream.dispose();
    this.#end();
  }

  #obey(message: ClientMessage): void {
    if (message.type === "speed") this.#speed = message.value;
    if (message.type === "seek") this.#seek(BigInt(message.window_end_ts_ns));
    else if (message.type === "pause") this.#replay().pause();
    else if (message.type === "resume") this.#pace?.resume();
    else if (!this.#isBacklog) this.#pace?.setSpeed(message.value);
    this.#tellStatus();
    this.#stream.pump();
  }

  /** From now on a replay from where it is. */
  #replay(): ClientPace {
    const isPaused = this.#pace?.isPaused ?? false;
    if (this.#pace === null || this.#isBacklog) {
      this.#pace = new ClientPace(this.#options.nowMs, this.#speed);
      if (isPaused) this.#pace.pause();
      this.#isBacklog = false;
      this.#stream.moveTo(this.#stream.next, true);
    }
    return this.#pace;
  }

  /** Goes to the first window that ends at a time or later; behind the newest one it is live. */
  #seek(endNs: bigint): void {
    const { mode, seekFar } = this.#options;
    const { windows } = this.#ring;
    const sequence = this.#ring.from(endNs);
    if (sequence === windows.end && mode === "live") return this.#goLive();
    this.#replay();
    const first = windows.at(windows.start)?.head.endNs ?? endNs + 1n;
    const isKept = first <= endNs && sequence < windows.end;
    if (isKept || seekFar === undefined) return this.#moveTo(sequence);
    seekFar(endNs).catch((error) => this.#tellStatus(`seek: ${reasonOf(error)}`));
  }

  /** A replay goes on from another window. */
  #moveTo(sequence: number): void {
    this.#pace?.break();
    this.#stream.moveTo(sequence, true);
    this.#options.onTaken?.(sequence);
  }

  #goLive(): void {
    this.#pace = null;
    this.#isBacklog = false;
    this.#stream.moveTo(this.#ring.windows.end, false);
  }

  #pumped(sent: number): void {
    if (sent > 0) {
      this.#beat();
      this.#options.onTaken?.(this.#stream.next);
    }
    if (this.#isBacklog && !this.#stream.isBehind) {
      this.#isBacklog = false;
      this.#pace = null;
      this.#stream.moveTo(this.#stream.next, false);
      this.#tellStatus();
    }
    this.look();
  }

  /** Who follows live does not follow the making of a past: it can be had when it is asked for. */
  #hear({ head }: KeptWindow): void {
    if (head.isPast && this.#pace === null) this.#goLive();
    else this.#stream.pump();
  }

  #messagesOf(window: KeptWindow): readonly (string | Uint8Array<ArrayBuffer>)[] {
    const { surfaces, path, isExtended } = this.#options;
    const { endNs, symbol, tickInt, hasOptions } = window.head;
    const told = this.#told;
    const isNew = told?.hasOptions !== hasOptions || told.symbol !== symbol ||
      told.tickInt !== tickInt;
    const end = endNs.toString();
    const messages: (string | Uint8Array<ArrayBuffer>)[] = [];
    this.#sentNs = endNs;
    if (isExtended && isNew) {
      this.#told = { symbol, tickInt, hasOptions };
      messages.push(this.#status());
    }
    const names = surfaces.map(({ name }) => name);
    messages.push(JSON.stringify({ type: "batch_start", window_end_ts_ns: end, surfaces: names }));
    for (const surface of surfaces) {
      const header = { type: "surface_header", surface: surface.name };
      messages.push(JSON.stringify(path === "hud" ? { ...header, window_end_ts_ns: end } : header));
      messages.push(this.#encoder.encode(window, surface, this.#options));
    }
    if (isExtended) messages.push(JSON.stringify({ type: "batch_end", window_end_ts_ns: end }));
    this.#unsent.add(messages.reduce((sum, message) => sum + message.length, 0));
    return messages;
  }

  #gap(dropped: number, next: KeptWindow): string | null {
    if (!this.#options.isExtended) return null;
    const { endNs } = next.head;
    const from = this.#sentNs === null
      ? endNs - BigInt(dropped) * WINDOW_NS
      : this.#sentNs + WINDOW_NS;
    const to = endNs - WINDOW_NS;
    return JSON.stringify({ type: "gap", from_ts_ns: `${from}`, to_ts_ns: `${to}`, dropped });
  }

  #tellStatus(error?: string): void {
    if (this.#options.isExtended) this.#stream.send(this.#status(error));
  }

  #status(error?: string): string {
    return JSON.stringify({
      type: "status",
      mode: this.#pace === null || this.#isBacklog ? "live" : "replay",
      paused: this.#pace?.isPaused ?? false,
      speed: this.#isBacklog ? BACKLOG_SPEED : this.#pace?.speed ?? 1,
      window_end_ts_ns: this.#sentNs?.toString() ?? null,
      options: this.#told?.hasOptions ?? null,
      symbol: this.#told?.symbol ?? null,
      tick_int: this.#told?.tickInt ?? null,
      ...(error !== undefined && { error }),
    });
  }

  #tell(message: object): void {
    if (this.#options.isExtended) this.#stream.send(JSON.stringify(message));
  }

  /** Begins the silence anew after which a sign of life is due. */
  #beat(): void {
    if (!this.#options.isExtended) return;
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(() => {
      this.#tell({ type: "heartbeat", ts_ns: this.#options.wallNs().toString() });
      this.#beat();
    }, HEARTBEAT_MS);
  }
}

const WINDOW_NS = 1_000_000_000n;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
