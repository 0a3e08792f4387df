import { exp } from "../../dmath/mod.ts";
import {
  extend,
  type LatentMarket,
  prefix,
  tag,
  TICKS_PER_USD,
  toNormal,
  toUnit,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Load, UnderlyingPath } from "../market_tape_types.ts";
import { expectedShares } from "./day_volume.ts";
import type { PrintDraft } from "./print_shape.ts";
import { LISTING, type ListingVenue } from "./venues.ts";

type Auction = "opening" | "closing";

const OPENING = ["OPENING"] as const;
const CLOSING = ["CLOSING"] as const;
const AUCTION: Readonly<Record<Auction, number>> = {
  opening: tag("openauction"),
  closing: tag("closeauction"),
};

/** Ms after the open at which a listing venue opens its symbols; a market maker on a floor takes longer. */
const OPENS_MS: Readonly<Record<ListingVenue, readonly [number, number]>> = {
  NYSE: [60, 2_400],
  NASDAQ: [20, 700],
  ARCA: [10, 250],
};
/** No symbol opens later than this, ms. */
const LATEST_OPEN_MS = 3_000;
/** Closing prints are the last of a session: they fall into its last milliseconds. */
const CLOSES_WITHIN_MS = 200;
/** Deviation of the logarithm of an auction's volume. */
const VOLUME_SPREAD = 0.35;

/** Shares of a day's volume in the opening and the closing auction. */
const STOCK = { opening: 0.014, closing: 0.105 };
const FUND = { opening: 0.008, closing: 0.035 };

function drawsOf(market: LatentMarket, symbol: number, auction: Auction): number {
  const { openTs, closeTs, id } = market.session;
  const seed = market.seedAt(auction === "opening" ? openTs : closeTs - 1_000);
  return prefix(seed, AUCTION[auction], id, symbol);
}

/** Epoch ms of a symbol's auction. */
function timeOf(market: LatentMarket, symbol: number, auction: Auction): number {
  const { openTs, closeTs } = market.session;
  const u = toUnit(extend(drawsOf(market, symbol, auction), 0));
  if (auction === "closing") return closeTs - 1 - Math.floor(u * CLOSES_WITHIN_MS);
  const [first, last] = OPENS_MS[LISTING[symbol] ?? "NYSE"];
  return openTs + first + Math.floor(u * u * (last - first));
}

/** Whether a symbol's session has opened and not closed yet, ms by ms. */
export function isBetweenAuctions(market: LatentMarket, symbol: number, tsMs: number): boolean {
  const { openTs, closeTs } = market.session;
  if (tsMs < openTs + LATEST_OPEN_MS) return tsMs > timeOf(market, symbol, "opening");
  return tsMs < closeTs - CLOSES_WITHIN_MS || tsMs < timeOf(market, symbol, "closing");
}

/** Price of an auction, USD: that of its moment, to the cent. */
function priceOf(path: UnderlyingPath, symbol: number, auction: Auction): number {
  const mid = path.mid(symbol, timeOf(path.market, symbol, auction));
  return Math.round(mid * TICKS_PER_USD) / TICKS_PER_USD;
}

/** Official opening price of a symbol in the path's session, USD. */
export function openingPrice(path: UnderlyingPath, symbol: number): number {
  return priceOf(path, symbol, "opening");
}

/** Shares that an auction trades: its part of the volume that the day is expected to have. */
function sizeOf(market: LatentMarket, symbol: number, auction: Auction, load: Load): number {
  const { session } = market;
  const shares = UNIVERSE[symbol]?.etf ? FUND : STOCK;
  const between = 1 - shares.opening - shares.closing;
  const preset = market.presetAt(
    auction === "opening" ? session.openTs : session.closeTs - 1_000,
  );
  const mean = expectedShares(symbol, session, preset, load) * shares[auction] / between;
  const z = toNormal(extend(drawsOf(market, symbol, auction), 1));
  return Math.max(1, Math.round(mean * exp(VOLUME_SPREAD * (z - VOLUME_SPREAD / 2))));
}

/** Print of a symbol's auction on the venue that lists it. */
function crossOf(path: UnderlyingPath, symbol: number, auction: Auction, load: Load): PrintDraft {
  return {
    ts: timeOf(path.market, symbol, auction),
    symbol,
    price: priceOf(path, symbol, auction),
    size: sizeOf(path.market, symbol, auction, load),
    exchange: LISTING[symbol] ?? "NYSE",
    offExchangeFlag: false,
    conditions: auction === "opening" ? OPENING : CLOSING,
  };
}

/** Auction that may print in a second of the session, or null: most seconds have none. */
function auctionIn(market: LatentMarket, tsMs: number): Auction | null {
  if (tsMs < market.session.openTs + LATEST_OPEN_MS) return "opening";
  return tsMs + 1_000 >= market.session.closeTs ? "closing" : null;
}

/**
 * Prints of one second with those of its auctions: a symbol trades from its opening auction to its closing
 * one, so that its first price of the session is the official open and its last one the official close.
 *
 * @param drafts Prints between the auctions. @param tsMs Epoch ms of the second.
 */
export function withAuctions(
  drafts: PrintDraft[],
  path: UnderlyingPath,
  tsMs: number,
  load: Load,
): PrintDraft[] {
  const { market } = path;
  const auction = auctionIn(market, tsMs);
  if (auction === null) return drafts;
  const between = drafts.filter(({ ts, symbol }) => isBetweenAuctions(market, symbol, ts));
  for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
    const ts = timeOf(market, symbol, auction);
    if (ts >= tsMs && ts < tsMs + 1_000) between.push(crossOf(path, symbol, auction, load));
  }
  return between;
}
