import {
  bidTicks,
  extend,
  prefix,
  spreadTicks,
  tag,
  TICKS_PER_USD,
  toNormal,
  toUnit,
  UNIVERSE,
  wholeTicks,
} from "../../regime/mod.ts";
import { exp } from "../../dmath/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import { quoteRate, type SecondContext } from "./intensity.ts";
import { poisson } from "../poisson.ts";

/** A quote before it gets its place in the stream. USD and shares. */
export interface QuoteDraft {
  readonly ts: number;
  readonly symbol: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

const QUOTE = tag("eqq");
const REGULAR = tag("eqqcell");
const CELL_MS = 1_000;
/** Quotes of a fund in a second, at least: its makers follow the other funds within a quarter of one. */
const LEAST_FUND_QUOTES = 4;
const MEDIAN_SHARES = 300;

function shares(state: number, part: number, liquidity: number): number {
  const raw = MEDIAN_SHARES * exp(0.8 * toNormal(extend(state, part))) * (0.4 + 0.8 * liquidity);
  return Math.max(100, Math.round(raw / 100) * 100);
}

/**
 * Moments of a share's quotes in a second, ms after its start. Regular ones come in cells of a second's length,
 * one in each and uniform in it, so that a print finds a quote younger than two seconds; the rest come at any
 * time. A symbol's cells begin at a place of its own, or all would change their prices in step.
 */
function shareMoments(
  { market }: UnderlyingPath,
  at: SecondContext,
  symbol: number,
  state: number,
  rate: number,
): number[] {
  const seed = market.seedAt(market.session.openTs);
  const own = prefix(seed, REGULAR, at.sessionId, symbol);
  const shift = Math.floor(CELL_MS * toUnit(extend(own, 0)));
  const offsets: number[] = [];
  for (const cell of [at.second, at.second + 1]) {
    const place = Math.floor(CELL_MS * toUnit(extend(own, cell + 1)));
    const offset = (cell - at.second) * CELL_MS - shift + place;
    if (offset >= 0 && offset < CELL_MS) offsets.push(offset);
  }
  const more = poisson(rate - 1, toUnit(extend(state, 1)));
  for (let i = 0; i < more; i++) offsets.push(Math.floor(1_000 * toUnit(extend(state, 16 + i))));
  return offsets.sort((a, b) => a - b);
}

/** Moments of a fund's quotes in a second: one anywhere in each of its equal parts. */
function fundMoments(state: number, rate: number): number[] {
  const count = Math.max(LEAST_FUND_QUOTES, Math.floor(rate + toUnit(extend(state, 1))));
  return Array.from(
    { length: count },
    (_, i) => Math.floor(1_000 * (i + toUnit(extend(state, 16 + i))) / count),
  );
}

/**
 * Quotes of one symbol in one second, ascending. Prices stand around the path's price of their moment;
 * prints play no part.
 */
export function quotesOfSecond(
  path: UnderlyingPath,
  at: SecondContext,
  symbol: number,
): QuoteDraft[] {
  const state = prefix(at.seed, QUOTE, at.sessionId, symbol, at.second);
  const rate = quoteRate(at, symbol);
  const offsets = UNIVERSE[symbol]?.etf
    ? fundMoments(state, rate)
    : shareMoments(path, at, symbol, state, rate);
  const width = spreadTicks(symbol, at, path.market.eventSymbols.includes(symbol));
  return offsets.map((offset, i) => {
    const own = extend(state, 1_024 + i);
    const ticks = wholeTicks(width, toNormal(own));
    const ts = at.tsMs + offset;
    const bid = bidTicks(path.mid(symbol, ts), ticks);
    return {
      ts,
      symbol,
      bid: bid / TICKS_PER_USD,
      ask: (bid + ticks) / TICKS_PER_USD,
      bidSize: shares(own, 8, at.levels.liquidity),
      askSize: shares(own, 9, at.levels.liquidity),
    };
  });
}
