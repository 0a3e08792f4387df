import type { FeedState } from "../../../modules/feed/contract.ts";
import { feedProvenance, type Provenance } from "../../../modules/kit/contract.ts";
import { exchangeDate, nsToMs } from "../text/mod.ts";

/**
 * Whose market a feed shows, with the exchange's date; null while none is open.
 *
 * @param isReplay True while the page plays again what it keeps of the feed.
 */
export function shownMarket(feed: FeedState | null, isReplay = false): Provenance | null {
  const market = feed === null ? null : feedProvenance(feed, (ns) => exchangeDate(nsToMs(ns)));
  return market !== null && isReplay ? { ...market, isReplay } : market;
}
