import {
  bidTicks,
  extend,
  nearRelease,
  prefix,
  sessionMinute,
  type SpreadConditions,
  spreadTicks,
  tag,
  TICKS_PER_USD,
  toNormal,
  toUnit,
  u01,
  wholeTicks,
} from "../../regime/mod.ts";
import { exp } from "../../dmath/mod.ts";
import type { Load, UnderlyingPath } from "../market_tape_types.ts";
import { quoteRate, restRate } from "./intensity.ts";
import { poisson } from "./poisson.ts";

/** A quote before it gets its place in the stream. */
export interface QuoteDraft {
  readonly ts: number;
  readonly symbol: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

const QUOTE = tag("eqq");
const PHASE = tag("eqqphase");
const PHASE_SECONDS = 300;
/** Half of the range by which the regular quote strays from its place in the second. */
const JITTER_MS = 100;
const MEDIAN_SHARES = 300;

function shares(state: number, part: number, liquidity: number): number {
  const raw = MEDIAN_SHARES * exp(0.8 * toNormal(extend(state, part))) * (0.4 + 0.8 * liquidity);
  return Math.max(100, Math.round(raw / 100) * 100);
}

/**
 * Quotes of one symbol in one second, ascending. One is regular, near the same place in every second, so
 * that a print nearly always finds a quote younger than a second; the rest come at random moments.
 *
 * @param second Second of the session; `tsMs` is its epoch ms.
 */
export function quotesOfSecond(
  path: UnderlyingPath,
  symbol: number,
  tsMs: number,
  load: Load,
  conditions: SpreadConditions,
): QuoteDraft[] {
  const { market } = path;
  const { id, openTs } = market.session;
  const second = (tsMs - openTs) / 1_000;
  const seed = market.seedAt(tsMs);
  const state = prefix(seed, QUOTE, id, symbol, second);
  const phase = u01(seed, PHASE, id, symbol, Math.floor(second / PHASE_SECONDS));
  const regular = JITTER_MS + phase * (1_000 - 2 * JITTER_MS) +
    (2 * toUnit(extend(state, 0)) - 1) * JITTER_MS;
  const offsets = [Math.min(999, Math.floor(regular))];
  const more = poisson(
    quoteRate(conditions.regime, restRate(market, symbol, tsMs), load) - 1,
    toUnit(extend(state, 1)),
  );
  for (let i = 0; i < more; i++) offsets.push(Math.floor(1_000 * toUnit(extend(state, 16 + i))));
  offsets.sort((a, b) => a - b);
  const mid = path.mid(symbol, tsMs);
  const width = spreadTicks(symbol, conditions, market.eventSymbols.includes(symbol));
  const { liquidity } = conditions.levels;
  return offsets.map((offset, i) => {
    const own = extend(state, 1_024 + i);
    const ticks = wholeTicks(width, toNormal(own));
    const bid = bidTicks(mid, ticks);
    return {
      ts: tsMs + offset,
      symbol,
      bid: bid / TICKS_PER_USD,
      ask: (bid + ticks) / TICKS_PER_USD,
      bidSize: shares(own, 8, liquidity),
      askSize: shares(own, 9, liquidity),
    };
  });
}

/** What the width of all quotes in a second depends on. */
export function conditionsAt(path: UnderlyingPath, tsMs: number): SpreadConditions {
  const { market } = path;
  return {
    levels: market.levelsAt(tsMs),
    regime: market.regimeAt(tsMs),
    phase: market.phaseAt(tsMs),
    minute: sessionMinute(market.session, tsMs),
    nearRelease: nearRelease(market.events, tsMs),
  };
}
