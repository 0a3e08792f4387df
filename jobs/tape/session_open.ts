import { UNIVERSE } from "../../engine/regime/mod.ts";
import { type MarketTape, openingPrice } from "../../engine/tape/mod.ts";
import type { SessionOpen } from "../../modules/tape/mod.ts";

/** Official opening prices of the session at a tape's position; null while the exchange is closed. */
export function sessionOpen(tape: MarketTape): SessionOpen | null {
  const path = tape.path();
  if (path === null) return null;
  const { id, openTs, closeTs } = path.market.session;
  return {
    session_id: id,
    open_ts: openTs,
    close_ts: closeTs,
    prices: Object.fromEntries(
      UNIVERSE.map(({ symbol }, index) => [symbol, openingPrice(path, index)]),
    ),
  };
}
