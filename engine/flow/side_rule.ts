import type { NbboSide } from "../frames/mod.ts";

/** Slack for prices that are sums of decimal fractions. */
const EXACT = 1e-9;

/**
 * Side of a trade by the quote that stood when it happened: A at the ask, B at the bid, AA and BB beyond
 * them, MID between. Within a market of one tick the nearer side counts and the exact middle is MID; a
 * locked or crossed market has no inside, so only a price beyond both of its sides has one.
 *
 * @param price,bid,ask USD; both sides of the quote > 0.
 * @param tick Price increment, USD.
 */
export function sideOf(
  price: number,
  bid: number,
  ask: number,
  tick: number,
): "AA" | "A" | "MID" | "B" | "BB" {
  const spread = ask - bid;
  const slack = Math.max(0.005, 0.1 * spread);
  if (spread < EXACT) {
    if (price > Math.max(bid, ask) + slack + EXACT) return "AA";
    return price < Math.min(bid, ask) - slack - EXACT ? "BB" : "MID";
  }
  if (price > ask + slack + EXACT) return "AA";
  if (price < bid - slack - EXACT) return "BB";
  if (spread <= tick + EXACT) {
    const toAsk = Math.abs(ask - price);
    const toBid = Math.abs(price - bid);
    if (Math.abs(toAsk - toBid) < EXACT) return "MID";
    return toAsk < toBid ? "A" : "B";
  }
  if (price >= ask - slack - EXACT) return "A";
  return price <= bid + slack + EXACT ? "B" : "MID";
}

/** Signed weight of a print's side: ±1 at a side, ±0.5 off the middle between, 0 at the middle or unknown. */
export function sideWeight(side: NbboSide, price: number, mid: number | null): number {
  switch (side) {
    case "AA":
    case "A":
      return 1;
    case "B":
    case "BB":
      return -1;
    case "MID": {
      if (mid === null || Math.abs(price - mid) < EXACT) return 0;
      return price > mid ? 0.5 : -0.5;
    }
    default:
      return 0;
  }
}
