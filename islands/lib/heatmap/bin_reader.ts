import { type LinkState, pageMs, SocketLink } from "../socket/mod.ts";
import type { FromBins, ToBins } from "./bin_protocol.ts";
import { GridDecoder } from "./grid_decoder.ts";
import type { DecodedBin } from "./history.ts";
import {
  type BinHeader,
  readMessage,
  type StreamMessage,
  type TradesHead,
  WireError,
} from "./wire.ts";

/** A bin as it came, its rows still to be read. */
interface RawBin {
  readonly update: BinHeader;
  readonly rows: Uint8Array;
  trades?: Uint8Array;
}

/** Bins of the past that are read in one go: the socket is heard in between. */
const PAST_AT_ONCE = 8;

/** Says something to the page; buffers named are handed over. */
export type PostBins = (message: FromBins, moved: readonly ArrayBuffer[]) => void;

/**
 * The socket of the heatmap: takes bins and reads their rows, what is new at once, and the past behind
 * it when nothing new waits. Runs in a worker, or on the page where there is none.
 */
export class BinReader {
  readonly #post: PostBins;
  readonly #link: SocketLink;
  #decoder: GridDecoder | null = null;
  #header: BinHeader | null = null;
  /** Head of the rows of trades that come next; null when other rows do. */
  #tradesHead: TradesHead | null = null;
  /** End of the newest bin of this socket, ns. */
  #newestNs: bigint | null = null;
  #past: RawBin[] = [];
  /** True once no bin of the past is to come on this socket. */
  #isPastSent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: PostBins) {
    this.#post = post;
    this.#link = new SocketLink({
      onText: (text) => this.#guard(() => this.#onMessage(readMessage(text))),
      onBinary: (bytes) => this.#guard(() => this.#onRows(bytes)),
      onState: (state) => this.#onState(state),
    });
  }

  /** Does what the page says. */
  take(message: ToBins): void {
    switch (message.type) {
      case "open":
        return this.#link.open(message.url);
      case "retry":
        return this.#link.retry();
      case "close":
        this.#forget();
        return this.#link.close();
    }
  }

  #onState(state: LinkState): void {
    if (state.kind !== "live" && state.kind !== "stale") this.#forget();
    this.#post({ type: "state", state }, []);
  }

  #onMessage(message: StreamMessage): void {
    const atMs = pageMs();
    switch (message.type) {
      case "grid_update":
        this.#header = message.update;
        return;
      case "trades":
        this.#tradesHead = message.head.rows > 0 ? message.head : null;
        return;
      case "backfilled":
        this.#isPastSent = true;
        return this.#readSoon();
      case "runtime_config":
        this.#decoder = new GridDecoder(message.config);
        break;
      case "reset":
        this.#forget();
        this.#isPastSent = true;
    }
    this.#post({ type: "message", message, atMs }, []);
  }

  #onRows(rows: Uint8Array): void {
    const head = this.#tradesHead;
    this.#tradesHead = null;
    if (head !== null) return this.#onTrades(head, rows);
    const update = this.#header;
    this.#header = null;
    if (update === null || this.#decoder === null) {
      throw new WireError("grid", "preceded by grid_update and runtime_config", null);
    }
    const isPast = this.#newestNs !== null && update.binEndNs < this.#newestNs;
    if (isPast && !this.#isPastSent) {
      this.#past.push({ update, rows });
      return this.#readSoon();
    }
    this.#newestNs = update.binEndNs;
    this.#send("bins", [{ update, values: this.#decoder.decode(rows) }]);
  }

  /** Trades of the past wait for their bin; of a bin that was posted they follow it. */
  #onTrades(head: TradesHead, rows: Uint8Array): void {
    const bin = this.#past.at(-1);
    if (bin?.update.binSeq === head.binSeq) bin.trades = rows;
    else this.#post({ type: "trades", head, rows }, []);
  }

  /** Reads some of the past when nothing that came meanwhile is before it. */
  #readSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#readPast();
    }, 0);
  }

  #readPast(): void {
    const decoder = this.#decoder;
    if (decoder === null) return;
    // The last one that came may have trades to come: without it they would find no bin to join.
    const whole = this.#isPastSent ? this.#past.length : this.#past.length - 1;
    const bins: DecodedBin[] = [];
    for (const { rows, ...bin } of this.#past.splice(0, Math.min(PAST_AT_ONCE, whole))) {
      this.#guard(() => bins.push({ ...bin, values: decoder.decode(rows) }));
    }
    if (bins.length > 0) this.#send("past", bins);
    if (whole > PAST_AT_ONCE) return this.#readSoon();
    if (this.#isPastSent) {
      this.#post({ type: "message", message: { type: "backfilled" }, atMs: pageMs() }, []);
    }
  }

  #send(type: "bins" | "past", bins: readonly DecodedBin[]): void {
    const moved = bins.flatMap((
      { values: { cells, eventIds } },
    ) => [cells.buffer, eventIds.buffer]);
    this.#post({ type, bins }, moved);
  }

  /** Frames that break the contract are told of, and nothing else of them is kept. */
  #guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#post({ type: "refused", text: error.message, field: error.field }, []);
    }
  }

  /** Forgets what waits: it is of another socket or another time. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#past = [];
    this.#header = this.#tradesHead = null;
    this.#newestNs = null;
    this.#isPastSent = false;
  }
}
