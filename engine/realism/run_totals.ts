import { UNIVERSE } from "../regime/mod.ts";
import { addCoupling, emptyCoupling } from "./coupling.ts";
import { couplingRows } from "./coupling_rows.ts";
import { PriceMeter } from "./price_metrics.ts";
import { priceRows } from "./price_rows.ts";
import { groupOf, GROUPS, type RealismRow } from "./row.ts";
import type { SessionMeter } from "./session_meter.ts";
import { Tallies } from "./tallies.ts";
import { eventSpread, tapeRows } from "./tape_rows.ts";

const MINUTE_MS = 60_000;
const ALL = UNIVERSE.map((_, symbol) => symbol);

/** Rows in order of group and number. */
function inOrder(rows: readonly RealismRow[]): RealismRow[] {
  const rank = (row: RealismRow) => GROUPS.findIndex(([letter]) => letter === groupOf(row));
  const number = ({ id }: RealismRow) => parseInt(id.slice(1), 10);
  return [...rows].sort((a, b) =>
    rank(a) - rank(b) || number(a) - number(b) || (a.id < b.id ? -1 : 1)
  );
}

/** Figures of one or more measured sessions, summed up. Keeps none of the sessions. */
export class RunTotals {
  readonly tallies = new Tallies();
  readonly #prices = new PriceMeter(ALL);
  readonly #coupling = emptyCoupling();
  #minutes = 0;

  /** Adds a session as far as it has run. */
  add(meter: SessionMeter): void {
    const { session, schedule, path } = meter.of;
    this.tallies.merge(meter.tallies().data());
    // Prices are known from the open on, however late the records begin.
    const minutes = Math.floor((meter.untilTs - session.openTs) / MINUTE_MS);
    this.#minutes += minutes;
    if (minutes > 1) {
      // The minute under way has no return yet.
      const whole = minutes === session.minutes ? minutes : minutes - 1;
      this.#prices.add(schedule.market, (_, symbol, tsMs) => path.mid(symbol, tsMs), whole);
    }
    addCoupling(this.#coupling, schedule, meter.untilTs, path);
  }

  /** Every row that sessions can be measured on, in order. */
  rows(): RealismRow[] {
    const { metrics } = this.#prices;
    return inOrder([
      ...tapeRows(this.tallies),
      ...priceRows(metrics, this.#minutes),
      ...couplingRows(this.#coupling, {
        eventSpread: eventSpread(this.tallies),
        chaseMove: metrics.chaseMove,
      }),
    ]);
  }
}
