import { UNIVERSE } from "../../engine/regime/mod.ts";
import { addCoupling, emptyCoupling } from "./coupling.ts";
import { couplingRows } from "./coupling_rows.ts";
import { PriceMeter } from "./price_metrics.ts";
import { priceRows } from "./price_rows.ts";
import { groupOf, GROUPS, type RealismRow } from "./row.ts";
import type { SessionMeter } from "./session_meter.ts";
import { eventSpread, tapeRows } from "./tape_rows.ts";

const MINUTE_MS = 60_000;
const ALL = UNIVERSE.map((_, symbol) => symbol);

/** Rows in order of group and number. */
export function inOrder(rows: readonly RealismRow[]): RealismRow[] {
  const rank = (row: RealismRow) => GROUPS.findIndex(([letter]) => letter === groupOf(row));
  const number = ({ id }: RealismRow) => parseInt(id.slice(1), 10);
  return [...rows].sort((a, b) =>
    rank(a) - rank(b) || number(a) - number(b) || (a.id < b.id ? -1 : 1)
  );
}

/** Every row of a session as far as it has run. */
export function sessionRows(meter: SessionMeter): RealismRow[] {
  const { session, schedule, path } = meter.of;
  const tallies = meter.tallies();
  const prices = new PriceMeter(ALL);
  // Prices are known from the open on, however late the records begin.
  const minutes = Math.floor((meter.untilTs - session.openTs) / MINUTE_MS);
  if (minutes > 1) {
    prices.add(schedule.market, (_, symbol, tsMs) => path.mid(symbol, tsMs), minutes - 1);
  }
  const { metrics } = prices;
  const coupling = emptyCoupling();
  addCoupling(coupling, schedule, meter.untilTs, path);
  return inOrder([
    ...tapeRows(tallies),
    ...priceRows(metrics, minutes),
    ...couplingRows(coupling, {
      eventSpread: eventSpread(tallies),
      chaseMove: metrics.chaseMove,
    }),
  ]);
}
