import type { Candle } from "../../../engine/frames/mod.ts";

/** Candles that a chart keeps. */
const CHART_CANDLES = 1_500;

/** One bar as it is drawn. Prices in USD, volumes in shares, flows in USD of premium. */
export interface Bar {
  readonly ts: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly offVolume: number;
}

/** What a smart-money event adds to the bar that it falls into. */
export interface FlowMark {
  readonly id: string;
  readonly ts: number;
  readonly kind: "smart-money" | "inferred-dark";
  readonly label: string;
  /** +1 bullish, −1 bearish, 0 neither. */
  readonly sign: 1 | -1 | 0;
  readonly premium: number;
  readonly row: unknown;
}

/** The candles of one symbol at one interval, ascending, and the marks over them. */
export class CandleStore {
  readonly #bars = new Map<number, Bar>();
  readonly #marks = new Map<string, FlowMark>();
  #sorted: readonly Bar[] | null = null;
  #sortedMarks: readonly FlowMark[] | null = null;

  /** Takes a candle; a correction replaces what stood there. */
  put(candle: Candle): void {
    const { ts, open, high, low, close, volume, off_exchange_volume } = candle;
    this.#bars.set(ts, { ts, open, high, low, close, volume, offVolume: off_exchange_volume });
    this.#sorted = null;
    if (this.#bars.size > CHART_CANDLES + 100) {
      for (const bar of this.bars().slice(0, -CHART_CANDLES)) this.#bars.delete(bar.ts);
      this.#sorted = null;
    }
  }

  mark(mark: FlowMark): void {
    this.#marks.set(mark.id, mark);
    this.#sortedMarks = null;
    if (this.#marks.size > CHART_CANDLES) {
      const oldest = this.#marks.keys().next();
      if (!oldest.done) this.#marks.delete(oldest.value);
    }
  }

  clear(): void {
    this.clearBars();
    this.#marks.clear();
    this.#sortedMarks = null;
  }

  clearBars(): void {
    this.#bars.clear();
    this.#sorted = null;
  }

  clearMarks(kind: FlowMark["kind"]): void {
    for (const { id, kind: own } of this.marks()) if (own === kind) this.#marks.delete(id);
    this.#sortedMarks = null;
  }

  bars(): readonly Bar[] {
    this.#sorted ??= [...this.#bars.values()].sort((a, b) => a.ts - b.ts);
    return this.#sorted;
  }

  marks(): readonly FlowMark[] {
    this.#sortedMarks ??= [...this.#marks.values()].sort((a, b) => a.ts - b.ts);
    return this.#sortedMarks;
  }
}

/** Bars of a longer interval out of shorter ones. */
export function mergeBars(bars: readonly Bar[], intervalMs: number): readonly Bar[] {
  const merged: Bar[] = [];
  for (const bar of bars) {
    const ts = Math.floor(bar.ts / intervalMs) * intervalMs;
    const last = merged.at(-1);
    if (last === undefined || last.ts !== ts) {
      merged.push({ ...bar, ts });
      continue;
    }
    merged[merged.length - 1] = {
      ts,
      open: last.open,
      high: Math.max(last.high, bar.high),
      low: Math.min(last.low, bar.low),
      close: bar.close,
      volume: last.volume + bar.volume,
      offVolume: last.offVolume + bar.offVolume,
    };
  }
  return merged;
}

/** Heikin Ashi bars: each opens at the middle of the one before and closes at the bar's average. */
export function heikinAshi(bars: readonly Bar[]): readonly Bar[] {
  let before: Bar | null = null;
  return bars.map((bar) => {
    const close = (bar.open + bar.high + bar.low + bar.close) / 4;
    const open = before === null ? (bar.open + bar.close) / 2 : (before.open + before.close) / 2;
    before = {
      ...bar,
      open,
      close,
      high: Math.max(bar.high, open, close),
      low: Math.min(bar.low, open, close),
    };
    return before;
  });
}

/**
 * Volume-weighted average price from the first bar of each session on, by each bar's typical price.
 * A session begins after a stretch without bars of `gapMs`, and at `openTs`, as sessions of the synthetic
 * market may follow each other at once.
 *
 * @param openTs Epoch ms of the open of the session under way; NaN: unknown.
 */
export function vwap(bars: readonly Bar[], gapMs: number, openTs: number): Float64Array {
  const out = new Float64Array(bars.length);
  let money = 0;
  let shares = 0;
  let lastTs = -Infinity;
  bars.forEach((bar, i) => {
    const opens = lastTs < openTs && bar.ts >= openTs;
    if (opens || bar.ts - lastTs > gapMs) money = shares = 0;
    lastTs = bar.ts;
    money += (bar.high + bar.low + bar.close) / 3 * bar.volume;
    shares += bar.volume;
    out[i] = shares === 0 ? NaN : money / shares;
  });
  return out;
}

/** Net signed and total premium of the marks in each bar, USD. */
export function flowPerBar(
  bars: readonly Bar[],
  marks: readonly FlowMark[],
  intervalMs: number,
): { readonly net: Float64Array; readonly gross: Float64Array } {
  const net = new Float64Array(bars.length);
  const gross = new Float64Array(bars.length);
  const at = new Map(bars.map((bar, i) => [bar.ts, i]));
  for (const { ts, sign, premium } of marks) {
    const i = at.get(Math.floor(ts / intervalMs) * intervalMs);
    if (i === undefined) continue;
    net[i] = (net[i] ?? 0) + sign * premium;
    gross[i] = (gross[i] ?? 0) + premium;
  }
  return { net, gross };
}
