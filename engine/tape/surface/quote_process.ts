import { yearsBetween } from "../../options/mod.ts";
import { daysOfDate, extend, type LatentMarket, prefix, tag, toUnit } from "../../regime/mod.ts";
import { baseVolatility } from "./iv_surface.ts";
import { distanceFactor, STRETCH_MS } from "./quote_states.ts";

const QUOTES = tag("nbbo");
const STAGGER = 0x57a9;
const HALVED = 0x4a1f;

/** Number that names a contract among all of a session: fits 31 bits. */
export function contractKey(
  symbol: number,
  expiry: number,
  strike: number,
  right: "C" | "P",
): number {
  const day = daysOfDate(expiry) % 4_096;
  return ((symbol * 4_096 + day) * 4_096 + Math.round(strike * 2)) * 2 + (right === "C" ? 0 : 1);
}

/**
 * Hash state that all draws of a contract's quotes extend.
 *
 * @param seed Seed in force at the session's open: a contract keeps its draws when it changes later.
 */
export function contractDraws(seed: number, sessionId: number, key: number): number {
  return extend(prefix(seed, QUOTES, sessionId), key);
}

/** Start of the stretch of quote states that an instant's second lies in, epoch ms. */
export function stretchStart(draws: number, tsMs: number): number {
  const stagger = Math.floor(toUnit(extend(draws, STAGGER)) * STRETCH_MS / 1_000) * 1_000;
  return Math.floor((tsMs + stagger) / STRETCH_MS) * STRETCH_MS - stagger;
}

/** Factor of the state shares by how far a strike lay from the money at the start of a stretch. */
export function stretchDistance(
  market: LatentMarket,
  symbol: number,
  strike: number,
  expiryCloseMs: number,
  startMs: number,
): number {
  const at = Math.max(startMs, market.session.openTs);
  const spot = market.basePrice(symbol, at);
  const deviation = baseVolatility(symbol, market.levelsAt(at).volatility) *
    Math.sqrt(yearsBetween(at, expiryCloseMs));
  return distanceFactor((strike / spot - 1) / deviation);
}

/** Whether a bad episode that starts at `tsMs` is left out while a multi-leg parent trades the contract. */
export function isHalved(draws: number, tsMs: number): boolean {
  return toUnit(extend(extend(draws, HALVED), tsMs)) < 0.5;
}
