import { compact } from "../text/mod.ts";
import type { TapeRow } from "./rows.ts";

/** Weights of what makes a ticker worth a look. News would weigh 10; there is no source of news. */
const TICKER_WEIGHTS = {
  alert: 50,
  event: 35,
  packet: 22,
  premium: 18,
  prints: 8,
  move: 12,
  watch: 4,
} as const;
type Part = keyof typeof TICKER_WEIGHTS;

/** Age at which something counts half, ms; it never counts less than the floor. */
const HALF_LIFE_MS = 45 * 60_000;
const FLOOR = 0.2;
/** Tickers watched, and tickers listed, at most. */
export const WATCH_LIMIT = 32;
const REASON_LIMIT = 3;
/** Move that counts in full, as a fraction of price. */
const FULL_MOVE = 0.01;

/** A sum whose parts fade, kept without a list of them. */
interface Fading {
  plain: number;
  fading: number;
  atMs: number;
}

interface Ticker {
  readonly parts: Record<Exclude<Part, "move" | "watch">, Fading>;
  alerts: number;
  events: number;
  premium: number;
  lastPrice: number | null;
}

/** A ticker in the ranking. */
export interface RankedTicker {
  readonly symbol: string;
  readonly score: number;
  /** USD; null before the first print. */
  readonly price: number | null;
  /** Since the session's open, as a fraction; null before the open is known. */
  readonly move: number | null;
  /** At most three, the weightiest first. */
  readonly reasons: readonly string[];
  readonly isWatched: boolean;
}

function fresh(): Fading {
  return { plain: 0, fading: 0, atMs: 0 };
}

function add(sum: Fading, value: number, atMs: number): void {
  sum.fading = faded(sum, atMs) + value;
  sum.plain += value;
  sum.atMs = Math.max(sum.atMs, atMs);
}

function faded(sum: Fading, atMs: number): number {
  return sum.fading * 0.5 ** (Math.max(0, atMs - sum.atMs) / HALF_LIFE_MS);
}

function worth(sum: Fading, atMs: number): number {
  return FLOOR * sum.plain + (1 - FLOOR) * faded(sum, atMs);
}

/** Ranks tickers by alerts, events, packets, premium, prints and moves, newer things counting more. */
export class TickerRanking {
  readonly #tickers = new Map<string, Ticker>();
  #newestTs = 0;

  /** Time of the newest row that was taken in, epoch ms; 0 before the first. */
  get newestTs(): number {
    return this.#newestTs;
  }

  #opens: Readonly<Record<string, number>> = {};

  /** Takes the prices at the session's open, USD by symbol: moves count from them. */
  setOpens(prices: Readonly<Record<string, number>>): void {
    this.#opens = prices;
  }

  /** Takes in a row of any tape. */
  take(row: TapeRow): void {
    if (row.kind === "gap" || row.symbol === "") return;
    this.#newestTs = Math.max(this.#newestTs, row.ts);
    const ticker = this.#tickers.get(row.symbol) ?? this.#add(row.symbol);
    const { parts } = ticker;
    switch (row.kind) {
      case "alerts":
        ticker.alerts++;
        return add(parts.alert, row.score / 100, row.ts);
      case "smart-money":
        if (row.profile === null) return;
        ticker.events++;
        return add(parts.event, row.score, row.ts);
      case "flow":
        return add(parts.packet, Math.log10(1 + row.premium / 1_000), row.ts);
      case "options":
        ticker.premium += row.premium;
        add(parts.prints, 1, row.ts);
        return add(parts.premium, row.premium, row.ts);
      case "equities":
        ticker.lastPrice = row.price;
    }
  }

  /** Forgets everything, as before rows come again. */
  clear(): void {
    this.#tickers.clear();
    this.#newestTs = 0;
  }

  /** The best tickers at an instant, and those watched. */
  top(limit: number, watched: ReadonlySet<string>, nowMs: number): readonly RankedTicker[] {
    const most: Record<string, number> = {};
    for (const { parts } of this.#tickers.values()) {
      for (const [name, sum] of Object.entries(parts)) {
        most[name] = Math.max(most[name] ?? 0, worth(sum, nowMs));
      }
    }
    const ranked: RankedTicker[] = [];
    for (const [symbol, ticker] of this.#tickers) {
      ranked.push(
        rank({ symbol, ticker, most, openPrice: this.#opens[symbol] ?? null, nowMs }, watched),
      );
    }
    for (const symbol of watched) {
      if (this.#tickers.has(symbol)) continue;
      ranked.push({ symbol, score: 0, price: null, move: null, reasons: [], isWatched: true });
    }
    ranked.sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : 1));
    return ranked.filter((ticker, i) => i < limit || ticker.isWatched);
  }

  #add(symbol: string): Ticker {
    const ticker: Ticker = {
      parts: {
        alert: fresh(),
        event: fresh(),
        packet: fresh(),
        premium: fresh(),
        prints: fresh(),
      },
      alerts: 0,
      events: 0,
      premium: 0,
      lastPrice: null,
    };
    this.#tickers.set(symbol, ticker);
    return ticker;
  }
}

interface Standing {
  readonly symbol: string;
  readonly ticker: Ticker;
  readonly most: Readonly<Record<string, number>>;
  /** At the session's open, USD; null when it is not known. */
  readonly openPrice: number | null;
  readonly nowMs: number;
}

function rank(standing: Standing, watched: ReadonlySet<string>): RankedTicker {
  const { symbol, ticker, most, openPrice, nowMs } = standing;
  const { lastPrice, parts } = ticker;
  const isWatched = watched.has(symbol);
  const move = openPrice === null || lastPrice === null ? null : lastPrice / openPrice - 1;
  const points: [Part, number][] = [];
  for (const [name, sum] of Object.entries(parts) as [keyof typeof parts, Fading][]) {
    const best = most[name] ?? 0;
    points.push([name, best > 0 ? (TICKER_WEIGHTS[name] * worth(sum, nowMs)) / best : 0]);
  }
  points.push(["move", TICKER_WEIGHTS.move * Math.min(1, Math.abs(move ?? 0) / FULL_MOVE)]);
  if (isWatched) points.push(["watch", TICKER_WEIGHTS.watch]);
  const score = points.reduce((sum, [, value]) => sum + value, 0);
  const reasons = points.filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1])
    .flatMap(([name]) => reason(name, ticker) ?? []).slice(0, REASON_LIMIT);
  return { symbol, score, price: lastPrice, move, reasons, isWatched };
}

function reason(part: Part, ticker: Ticker): string | null {
  switch (part) {
    case "alert":
      return `${ticker.alerts} alert${ticker.alerts === 1 ? "" : "s"}`;
    case "event":
      return `${ticker.events} event${ticker.events === 1 ? "" : "s"}`;
    case "packet":
      return `${ticker.parts.packet.plain >= 10 ? "busy" : "some"} packets`;
    case "premium":
      return `${compact(ticker.premium)} USD premium`;
    case "prints":
      return `${ticker.parts.prints.plain} print${ticker.parts.prints.plain === 1 ? "" : "s"}`;
    case "move":
      return "moving";
    case "watch":
      return null;
  }
}
