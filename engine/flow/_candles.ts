import { UNNUMBERED } from "./_row_numbers.ts";
import type { TimerQueue } from "./_timers.ts";
import type { Candle, EquityPrint } from "../frames/mod.ts";

/** How long after its end a candle still takes a print that came late. */
const LATE_MS = 2_000;
const ROUND_LOT = 100;
const SYMBOL_CAP = 5_000;

/** A candle in the making or just closed. */
class Window {
  readonly start: number;
  readonly interval: number;
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  openTs = Infinity;
  openSeq = Infinity;
  closeTs = -Infinity;
  closeSeq = -Infinity;
  /** Prints that make prices, all prints, and the last price of any. */
  priced = 0;
  trades = 0;
  lastPrice = 0;
  volume = 0;
  offExchange = 0;
  isClosed = false;

  constructor(start: number, interval: number) {
    this.start = start;
    this.interval = interval;
  }

  add(print: EquityPrint): void {
    this.trades++;
    this.volume += print.size;
    this.lastPrice = print.price;
    if (print.offExchangeFlag) this.offExchange += print.size;
    if (print.size < ROUND_LOT || print.conditions.includes("CONTINGENT")) return;
    const { price, ts, seq } = print;
    if (this.priced === 0 || price > this.high) this.high = price;
    if (this.priced === 0 || price < this.low) this.low = price;
    if (ts < this.openTs || (ts === this.openTs && seq < this.openSeq)) {
      this.open = price;
      this.openTs = ts;
      this.openSeq = seq;
    }
    if (ts > this.closeTs || (ts === this.closeTs && seq > this.closeSeq)) {
      this.close = price;
      this.closeTs = ts;
      this.closeSeq = seq;
    }
    this.priced++;
  }
}

class Series {
  current: Window | null = null;
  before: Window | null = null;
}

/** Takes a finished or corrected candle. */
export type CandleSink = (candle: Candle) => void;

/**
 * Candles of equity prints. Odd lots and prints contingent on an option trade count for volume but set no
 * price, unless nothing else does. A candle goes out when its window has passed; a print that comes up to two
 * seconds late corrects it, and the candle goes out again under its id. A window of which the first part was
 * not read makes no candle. At most 5,000 symbols.
 */
export class Candles {
  readonly #intervals: readonly number[];
  readonly #timers: TimerQueue;
  readonly #sink: CandleSink;
  readonly #fromTs: number;
  readonly #symbols = new Map<string, Series[]>();
  #tooLate = 0;

  /** @param fromTs Every print from here on is read, epoch ms. */
  constructor(
    intervalsMs: readonly number[],
    fromTs: number,
    timers: TimerQueue,
    sink: CandleSink,
  ) {
    this.#intervals = intervalsMs;
    this.#fromTs = fromTs;
    this.#timers = timers;
    this.#sink = sink;
  }

  get size(): number {
    return this.#symbols.size * this.#intervals.length;
  }

  /** Prints that no candle took as they came too late. */
  get tooLate(): number {
    return this.#tooLate;
  }

  print(print: EquityPrint, nowMs: number): void {
    let all = this.#symbols.get(print.underlying_id);
    if (all === undefined) {
      if (this.#symbols.size >= SYMBOL_CAP) return;
      all = this.#intervals.map(() => new Series());
      this.#symbols.set(print.underlying_id, all);
    }
    for (const [index, interval] of this.#intervals.entries()) {
      const series = all[index];
      if (series !== undefined) this.#add(series, interval, print, nowMs);
    }
  }

  #add(series: Series, interval: number, print: EquityPrint, nowMs: number): void {
    const start = Math.floor(print.ts / interval) * interval;
    if (start < this.#fromTs) return;
    const { current } = series;
    if (current !== null && current.start === start) {
      if (current.isClosed) this.#correct(current, print, nowMs);
      else current.add(print);
      return;
    }
    if (current === null || start > current.start) {
      const window = new Window(start, interval);
      window.add(print);
      series.before = current;
      series.current = window;
      this.#timers.set(
        start + interval - 1,
        () => this.#close(window, print.underlying_id),
      );
      return;
    }
    const { before } = series;
    if (before !== null && before.start === start) this.#correct(before, print, nowMs);
    else this.#tooLate++;
  }

  #correct(window: Window, print: EquityPrint, nowMs: number): void {
    const end = window.start + window.interval;
    if (nowMs > end + LATE_MS) {
      this.#tooLate++;
      return;
    }
    window.add(print);
    this.#send(window, print.underlying_id, Math.max(nowMs, end));
  }

  #close(window: Window, symbol: string): void {
    window.isClosed = true;
    this.#send(window, symbol, window.start + window.interval);
  }

  #send(window: Window, symbol: string, readyTs: number): void {
    const { start, interval } = window;
    const id = `candle:${symbol}:${interval}:${start}`;
    const priced = window.priced > 0;
    const still = window.lastPrice;
    this.#sink({
      source_ts: start + interval,
      ingest_ts: readyTs,
      seq: UNNUMBERED,
      trace_id: id,
      id,
      ts: start,
      underlying_id: symbol,
      interval_ms: interval,
      open: priced ? window.open : still,
      high: priced ? window.high : still,
      low: priced ? window.low : still,
      close: priced ? window.close : still,
      volume: window.volume,
      off_exchange_volume: window.offExchange,
      trade_count: window.trades,
    });
  }
}
