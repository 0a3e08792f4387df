import type { Phase, PresetId, RegimeId } from "./control.ts";

/** One trading session of the synthetic exchange. Times in epoch ms. */
export interface Session {
  /** `YYYYMMDD * 10 + loop`; unique and ascending. */
  readonly id: number;
  /** Trading day that expiries count from, YYYYMMDD: for a loop the one that follows it. */
  readonly date: number;
  /** 0: the exchange's own session; 1, 2, …: loops that fill the hours between closes. */
  readonly loop: number;
  readonly openTs: number;
  /** Exclusive. */
  readonly closeTs: number;
  /** Length in minutes: 390, 210 on a half day, less for a loop cut by the next open. */
  readonly minutes: number;
}

/** A scheduled event that option flow refers to. */
export interface SessionEvent {
  /** Index in the universe; -1: the whole market. */
  readonly symbol: number;
  readonly kind: "past" | "future" | "intraday";
  readonly dir: 1 | -1;
  readonly eventTs: number;
  /** Opening gap of a past event as a fraction of price, signed; else 0. */
  readonly gap: number;
}

/** An entry of the event calendar, as reference data gives it to anyone who asks. */
export interface CalendarEntry {
  /** A symbol, or "*" for the whole market. */
  readonly underlying_id: string;
  readonly event_ts: number;
  readonly event_kind: "earnings" | "macro";
  readonly announced_ts: number;
  readonly source: "synthetic";
}

/** Smoothed levels of the latent market at an instant. */
export interface Levels {
  /** 0.18 … 1.20. */
  readonly volatility: number;
  /** 0.20 … 1.10. */
  readonly liquidity: number;
  /** 0.18 … 0.96. */
  readonly cleanliness: number;
}

/** State of the whole market at an instant; what every consumer sees alike. */
export interface SessionState {
  readonly session_phase: Phase;
  readonly regime: RegimeId;
  readonly volatility_level: number;
  readonly liquidity_level: number;
  readonly quote_cleanliness: number;
  readonly focus_symbols: readonly string[];
  readonly event_symbols: readonly string[];
  readonly seed_bucket: number;
  readonly session_id: number;
  readonly session_minute: number;
}

/** State of one underlying at an instant. Prices in USD on tick, moves in basis points. */
export interface UnderlyingState {
  readonly mid: number;
  readonly bid: number;
  readonly ask: number;
  readonly spread: number;
  readonly driftBps: number;
  readonly shockBps: number;
  readonly sessionVolatility: number;
  readonly liquiditySkew: number;
  readonly quoteCleanliness: number;
  readonly clusteringScore: number;
  readonly offExchangeBias: number;
  readonly sigma1mBps: number;
  readonly move60Bps: number;
  readonly move180Bps: number;
  readonly moveZ: number;
}

/**
 * The latent market of one session under one control timeline: regime plan, levels, focus, events and
 * the integrated base path of every underlying. Pure: equal arguments give equal bits. `symbol` is the
 * index in the universe, `tsMs` an epoch time inside the session.
 */
export interface LatentMarket {
  readonly session: Session;
  /** Past events first, then future ones, then intraday ones. */
  readonly events: readonly SessionEvent[];
  /** Symbols with a past or future event in this session, the past one first. */
  readonly eventSymbols: readonly number[];
  /** Seed and preset in force at an instant; the only parts of a control state that move the market. */
  seedAt(tsMs: number): number;
  presetAt(tsMs: number): PresetId;
  regimeAt(tsMs: number): RegimeId;
  phaseAt(tsMs: number): Phase;
  levelsAt(tsMs: number): Levels;
  /** Indices of the focus symbols, in draw order. */
  focusAt(tsMs: number): readonly number[];
  isFocus(symbol: number, tsMs: number): boolean;
  /** Direction of an announced future event of the symbol, else 0. */
  eventDir(symbol: number): 1 | -1 | 0;
  /** Intraday volume shape at an instant: 1.92 at the open and close, 0.62 at noon. */
  uShape(tsMs: number): number;
  /** Unrounded base price at whole-second resolution, USD; before option flow moves it. */
  basePrice(symbol: number, tsMs: number): number;
  /** Model standard deviation of a one-minute return at an instant, basis points. */
  sigma1mBps(symbol: number, tsMs: number): number;
}
