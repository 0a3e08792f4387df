import {
  MEAN_SHAPE,
  meanVolatility,
  nearRelease,
  prefix,
  type PresetId,
  type RegimeId,
  type Session,
  sessionMinute,
  type SpreadConditions,
  tag,
  type Tier,
  UNIVERSE,
} from "../../regime/mod.ts";
import { LOAD_FACTOR } from "../load.ts";
import { isBusySpell } from "../spells.ts";
import type { Load, UnderlyingPath } from "../market_tape_types.ts";

/** Prints per second of a symbol at rest by tier; the two busiest funds have rates of their own. */
const TIER_RATE: Readonly<Record<Tier, number>> = {
  etf: 0.15,
  mega: 0.55,
  large: 0.15,
  other: 0.15,
};
const OWN_RATE: Readonly<Record<string, number>> = { SPY: 2.2, QQQ: 1.6 };
/** Prints per second of each symbol before everything that varies. */
export const SYMBOL_RATE = Float64Array.from(
  UNIVERSE,
  (u) => OWN_RATE[u.symbol] ?? TIER_RATE[u.tier],
);

const QUOTES_PER_PRINT: Readonly<Record<RegimeId, number>> = {
  trend_up: 4,
  trend_down: 4,
  mean_revert: 4,
  retail_chase: 5,
  event_ramp: 6,
  dealer_gamma: 8,
  arb_calm: 3,
};

/** Brings rates that followers and bursts come on top of to the tape's 14 prints a second. */
const CALIBRATION = 0.8;
/** The same for quotes, of which most symbols have their one a second anyway: 60 a second. */
const QUOTE_CALIBRATION = 0.8;
const BUSY = tag("eqbusy");
const BUSY_CELL_MS = 37_000;
const BUSY_SHARE = 0.2;
const BUSY_FACTOR = 1.9;
const REST_FACTOR = 0.5;
const FOCUS_FACTOR = 1.6;
/** Symbols in focus at a time on average; who has more option activity is more often. */
const IN_FOCUS = 3.3;
const OPTION_WEIGHTS = UNIVERSE.reduce((sum, { optionWeight }) => sum + optionWeight, 0);
/** Shape of activity at which a symbol has its own rate. */
const OWN_SHAPE = 0.85;

/** How volatility scales prints. @param volatility Level, 0.18 … 1.20. */
function byVolatility(volatility: number): number {
  return 0.7 + 0.5 * volatility;
}

/** First prints of families that a symbol has in a session on average, by the law, without bursts. */
export function expectedFamilies(symbol: number, session: Session, preset: PresetId): number {
  const spells = BUSY_SHARE * BUSY_FACTOR + (1 - BUSY_SHARE) * REST_FACTOR;
  const inFocus = IN_FOCUS * (UNIVERSE[symbol]?.optionWeight ?? 0) / OPTION_WEIGHTS;
  const focus = 1 + inFocus * (FOCUS_FACTOR - 1);
  return (SYMBOL_RATE[symbol] ?? 0) * session.minutes * 60 * spells * focus *
    CALIBRATION * MEAN_SHAPE / OWN_SHAPE * byVolatility(meanVolatility(preset));
}

/** What all symbols share in one second, and the rate of each. */
export interface SecondContext extends SpreadConditions {
  /** Epoch ms of the second. */
  readonly tsMs: number;
  /** Seconds since the session's open. */
  readonly second: number;
  readonly sessionId: number;
  readonly seed: number;
  readonly load: Load;
  /** Symbols in focus. */
  readonly focus: readonly number[];
  /** Prints per second that follow from the market's state alone, steady load, shape [40]. */
  readonly restRate: Float64Array;
}

/** Context of the second at `tsMs`, an epoch ms on a whole second of the path's session. */
export function contextAt(path: UnderlyingPath, tsMs: number, load: Load): SecondContext {
  const { market } = path;
  const levels = market.levelsAt(tsMs);
  const focus = market.focusAt(tsMs);
  const common = CALIBRATION * market.uShape(tsMs) / OWN_SHAPE * byVolatility(levels.volatility);
  return {
    tsMs,
    second: (tsMs - market.session.openTs) / 1_000,
    sessionId: market.session.id,
    seed: market.seedAt(tsMs),
    load,
    focus,
    restRate: SYMBOL_RATE.map((rate, s) => rate * common * (focus.includes(s) ? FOCUS_FACTOR : 1)),
    levels,
    regime: market.regimeAt(tsMs),
    phase: market.phaseAt(tsMs),
    minute: sessionMinute(market.session, tsMs),
    nearRelease: nearRelease(market.events, tsMs),
  };
}

/** Factor of a symbol's quiet and busy spells, 0.5 or 1.9; busy ones last 46 s on average. */
export function symbolActivity(at: SecondContext, symbol: number): number {
  const draws = prefix(at.seed, BUSY, at.sessionId, symbol);
  return isBusySpell(draws, at.tsMs, BUSY_CELL_MS, BUSY_SHARE) ? BUSY_FACTOR : REST_FACTOR;
}

/** Quotes per second of a symbol, at least one. */
export function quoteRate(at: SecondContext, symbol: number): number {
  const rate = QUOTE_CALIBRATION * QUOTES_PER_PRINT[at.regime] * (at.restRate[symbol] ?? 0) *
    LOAD_FACTOR[at.load];
  return Math.max(1, rate);
}
