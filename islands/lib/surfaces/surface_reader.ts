import { type LinkState, pageMs, SocketLink } from "../socket/mod.ts";
import { exchangeDate } from "../text/mod.ts";
import type { FromSurfaces, ToSurfaces } from "./surface_protocol.ts";
import { readSurfaceText, type StreamStatus, SurfaceWireError } from "./surface_wire.ts";
import type { OptionalSurface, SurfaceWindow } from "./surface_window.ts";
import {
  ALL_OPTIONAL_SURFACES,
  LIVE_SURFACES,
  pastSurfaces,
  WindowDecoder,
} from "./window_decoder.ts";

/** Half an hour. */
const PAST_S = 1_800;
/** The past comes so many times as fast as it was. */
const PAST_SPEED = 100;
/** Windows of the past that are handed over together. */
const PAST_AT_ONCE = 20;

/** Says something to the page; buffers named are handed over. */
export type PostSurfaces = (message: FromSurfaces, moved: readonly ArrayBuffer[]) => void;

/** Gathers the messages of a stream to windows. */
class Gatherer {
  readonly #decoder = new WindowDecoder();
  #status: StreamStatus | null = null;
  #endS = 0;
  #surface: string | null = null;
  readonly #messages = new Map<string, Uint8Array>();

  get status(): StreamStatus | null {
    return this.#status;
  }

  forget(): void {
    this.#status = null;
    this.#surface = null;
    this.#messages.clear();
  }

  begin(endS: number): void {
    this.#endS = endS;
    this.#messages.clear();
  }

  expect(surface: string): void {
    this.#surface = surface;
  }

  tell(status: StreamStatus): void {
    this.#status = status;
  }

  bytes(bytes: Uint8Array): void {
    if (this.#surface === null) throw new SurfaceWireError("rows", "preceded by a header", null);
    this.#messages.set(this.#surface, bytes);
    this.#surface = null;
  }

  /** The window whose messages have come. @throws {SurfaceWireError} When something of it is missing. */
  window(): SurfaceWindow {
    const { tickInt, hasOptions } = this.#status ?? {};
    if (tickInt === undefined || tickInt === null) {
      throw new SurfaceWireError("tick_int", "told before the first window", null);
    }
    return this.#decoder.decode(this.#endS, tickInt, hasOptions === true, this.#messages);
  }
}

/**
 * The sockets of the surfaces: one for what comes, and one for the half hour before, which comes as fast as
 * the server sends it. Runs in a worker, or on the page where there is none.
 */
export class SurfaceReader {
  readonly #post: PostSurfaces;
  readonly #live: SocketLink;
  readonly #past: SocketLink;
  readonly #now = new Gatherer();
  readonly #before = new Gatherer();
  #origin = "";
  #optional: readonly OptionalSurface[] = [];
  /** End of the newest window of the live socket, epoch s; null before the first. */
  #newestS: number | null = null;
  /** End of the last window of the past that is wanted. */
  #pastUntilS = 0;
  #isPastOpen = false;
  /** First second of the past that has not come yet. */
  #pastNextS = 0;
  /** The server left windows out: what was too fast for the socket is still kept there. */
  #hasGap = false;
  /** True once this socket's first window has come. */
  #isBegun = false;
  #waiting: SurfaceWindow[] = [];

  constructor(post: PostSurfaces) {
    this.#post = post;
    this.#live = new SocketLink({
      onText: (text) => this.#guard(() => this.#onText(text)),
      onBinary: (bytes) => this.#guard(() => this.#now.bytes(bytes)),
      onState: (state) => this.#onState(state),
    });
    this.#past = new SocketLink({
      onText: (text) => this.#guard(() => this.#onPastText(text)),
      onBinary: (bytes) => this.#guard(() => this.#before.bytes(bytes)),
      // What cannot be had of the past is left out.
      onState: ({ kind }) => kind !== "connecting" && kind !== "live" && this.#endPast(),
    });
  }

  /** Does what the page says. */
  take(message: ToSurfaces): void {
    switch (message.type) {
      case "open":
        this.#origin = message.origin;
        this.#optional = message.optional;
        return this.#live.open(
          `${this.#origin}/v1/velocity/stream?ext=1&surfaces=${LIVE_SURFACES}`,
        );
      case "past":
        this.#optional = message.optional;
        if (this.#newestS !== null) this.#openPast(this.#newestS, 0);
        return;
      case "stretch":
        if (!this.#isPastOpen) this.#openStretch(message.fromS, message.toS, ALL_OPTIONAL_SURFACES);
        return;
      case "retry":
        return this.#live.retry();
      case "close":
        this.#endPast();
        return this.#live.close();
    }
  }

  #onState(state: LinkState): void {
    if (state.kind === "connecting") {
      this.#isBegun = false;
      this.#now.forget();
    }
    this.#post({ type: "state", state }, []);
  }

  #onText(text: string): void {
    const message = readSurfaceText(text);
    const atMs = pageMs();
    const serverMs = message.type === "heartbeat" ? message.atMs : null;
    switch (message.type) {
      case "batch_start":
        return this.#now.begin(message.endS);
      case "surface_header":
        return this.#now.expect(message.surface);
      case "batch_end":
        return this.#onWindow(this.#now.window(), atMs);
      case "status":
        if (!message.status.hasWindows && this.#isBegun && message.status.error === null) {
          this.#reset();
        }
        this.#now.tell(message.status);
        this.#post({ type: "status", status: message.status }, []);
        break;
      case "gap":
        this.#hasGap = true;
        break;
      case "end":
        this.#post({ type: "end" }, []);
    }
    this.#post({ type: "word", atMs, serverMs }, []);
  }

  #onWindow(window: SurfaceWindow, atMs: number): void {
    const { endS } = window;
    if (this.#newestS !== null && endS <= this.#newestS) this.#reset();
    const isAfterHole = !this.#isBegun || this.#hasGap;
    this.#isBegun = true;
    this.#hasGap = false;
    if (isAfterHole) this.#openPast(endS, this.#newestS ?? 0);
    this.#newestS = endS;
    this.#post({ type: "window", window, atMs }, movedOf(window));
  }

  #reset(): void {
    this.#closePast();
    this.#waiting = [];
    this.#hasGap = false;
    this.#newestS = null;
    this.#isBegun = false;
    this.#post({ type: "reset" }, []);
  }

  /** Asks for what lies between two windows, of half an hour at most. */
  #openPast(endS: number, afterS: number): void {
    const wantedS = this.#isPastOpen ? Math.min(afterS + 1, this.#pastNextS) : afterS + 1;
    this.#closePast();
    const fromS = Math.max(endS - PAST_S, wantedS);
    if (fromS >= endS) return this.#post({ type: "past", windows: [], isLast: true }, []);
    this.#openStretch(fromS, endS - 1, this.#optional);
  }

  #openStretch(fromS: number, untilS: number, optional: readonly OptionalSurface[]): void {
    this.#pastUntilS = untilS;
    this.#pastNextS = fromS;
    this.#isPastOpen = true;
    const date = exchangeDate(untilS * 1_000);
    this.#past.open(
      `${this.#origin}/v1/velocity/stream?ext=1&surfaces=${pastSurfaces(optional)}&dt=${date}` +
        `&skip_minutes=0&speed=${PAST_SPEED}&start_ts_ns=${fromS}000000000`,
    );
  }

  #onPastText(text: string): void {
    const message = readSurfaceText(text);
    switch (message.type) {
      case "batch_start":
        if (message.endS > this.#pastUntilS) return this.#endPast();
        return this.#before.begin(message.endS);
      case "surface_header":
        return this.#before.expect(message.surface);
      case "batch_end":
        return this.#onPastWindow(this.#before.window());
      case "status":
        return this.#before.tell(message.status);
      case "end":
        return this.#endPast();
    }
  }

  #onPastWindow(window: SurfaceWindow): void {
    this.#pastNextS = window.endS + 1;
    this.#waiting.push(window);
    if (this.#waiting.length >= PAST_AT_ONCE) this.#handOver(false);
  }

  #endPast(): void {
    if (!this.#isPastOpen) return;
    this.#closePast();
    this.#handOver(true);
  }

  #closePast(): void {
    this.#isPastOpen = false;
    this.#past.close();
    this.#before.forget();
  }

  #handOver(isLast: boolean): void {
    const windows = this.#waiting;
    this.#waiting = [];
    this.#post({ type: "past", windows, isLast }, windows.flatMap(movedOf));
  }

  /** Messages that break the contract are told of, and nothing else of them is kept. */
  #guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SurfaceWireError)) throw error;
      this.#post({ type: "refused", text: error.message }, []);
    }
  }
}

function movedOf({ cells, ladder }: SurfaceWindow): ArrayBuffer[] {
  return [cells.buffer, ladder.buffer];
}
