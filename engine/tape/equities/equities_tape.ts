import type { EquityPrint, EquityQuote } from "../../flow/mod.ts";
import { UNIVERSE } from "../../regime/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
import { conditionsAt, type QuoteDraft, quotesOfSecond } from "./quotes.ts";

/** Room for records of one second in a stream's numbering. */
const SEQ_PER_SECOND = 8_192;

/** Lists that one second is written to, in order of time. */
export interface EquityOutput {
  readonly quotes: EquityQuote[];
  readonly prints: EquityPrint[];
}

/**
 * Equity quotes and prints of one session, a second at a time. What a second holds does not depend on
 * which seconds were asked for before it.
 */
export class EquitiesTape {
  readonly #path: UnderlyingPath;
  readonly #load: Load;

  constructor(path: UnderlyingPath, _schedule: ParentSchedule, load: Load) {
    this.#path = path;
    this.#load = load;
  }

  /**
   * Replaces the contents of `out` by the records of one second, ascending in (ts, seq).
   *
   * @param secondTs Epoch ms of a whole second inside the session.
   */
  second(secondTs: number, out: EquityOutput): void {
    out.quotes.length = 0;
    out.prints.length = 0;
    const { session } = this.#path.market;
    const conditions = conditionsAt(this.#path, secondTs);
    const drafts: QuoteDraft[] = [];
    for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
      drafts.push(...quotesOfSecond(this.#path, symbol, secondTs, this.#load, conditions));
    }
    drafts.sort((a, b) => a.ts - b.ts || a.symbol - b.symbol);
    const first = (secondTs - session.openTs) / 1_000 * SEQ_PER_SECOND;
    drafts.forEach((draft, i) => {
      const seq = first + i;
      const { ts, symbol, ...rest } = draft;
      out.quotes.push({
        source_ts: ts,
        ingest_ts: ts,
        seq,
        trace_id: `syn-eq-${session.id}-${seq.toString(36)}`,
        ts,
        underlying_id: UNIVERSE[symbol]?.symbol ?? "",
        ...rest,
      });
    });
  }
}
