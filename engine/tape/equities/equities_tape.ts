import type { EquityPrint, EquityQuote } from "../../frames/mod.ts";
import { UNIVERSE } from "../../regime/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
import { Arrivals } from "./arrivals.ts";
import { withAuctions } from "./auctions.ts";
import { HiddenOrders } from "./hidden_orders.ts";
import { contextAt, type SecondContext } from "./intensity.ts";
import { midpointOf, NO_CONDITION, type PrintDraft, shapePrint } from "./print_shape.ts";
import { type QuoteDraft, quotesOfSecond } from "./quotes.ts";
import { shapeLeg, stockLegsBetween } from "./stock_legs.ts";
import { offVenue } from "./venues.ts";

/** Room for records of one second in a stream's numbering. */
const SEQ_PER_SECOND = 8_192;

/** Lists that one second is written to, in order of time. */
export interface EquityOutput {
  readonly quotes: EquityQuote[];
  readonly prints: EquityPrint[];
}

function byTime(a: { ts: number; symbol: number }, b: { ts: number; symbol: number }): number {
  return a.ts - b.ts || a.symbol - b.symbol;
}

/**
 * Equity quotes and prints of one session, a second at a time. What a second holds does not depend on
 * which seconds were asked for before it; asking in order costs least.
 */
export class EquitiesTape {
  readonly #path: UnderlyingPath;
  readonly #schedule: ParentSchedule;
  readonly #load: Load;
  readonly #arrivals: Arrivals;
  readonly #hidden: HiddenOrders;
  /** Last quote of the two seconds before this one by symbol, and those of this one, ascending. */
  #before: (QuoteDraft | undefined)[] = [];
  #quotes: QuoteDraft[][] = [];
  #quotesSecond = NaN;

  constructor(path: UnderlyingPath, schedule: ParentSchedule, load: Load) {
    this.#path = path;
    this.#schedule = schedule;
    this.#load = load;
    this.#arrivals = new Arrivals(path, load);
    this.#hidden = new HiddenOrders(path);
  }

  /**
   * Replaces the contents of `out` by the records of one second, ascending in (ts, seq).
   *
   * @param secondTs Epoch ms of a whole second inside the session.
   */
  second(secondTs: number, out: EquityOutput): void {
    const at = contextAt(this.#path, secondTs, this.#load);
    this.#makeQuotes(at);
    out.quotes.length = 0;
    out.prints.length = 0;
    const { id } = this.#path.market.session;
    const first = at.second * SEQ_PER_SECOND;
    this.#quotes.flat().sort(byTime).forEach((draft, i) => {
      out.quotes.push(quoteRecord(draft, first + i, id));
    });
    this.#makePrints(at).sort(byTime).forEach((draft, i) => {
      out.prints.push(printRecord(draft, first + i, id));
    });
  }

  #quotesAt(at: SecondContext): QuoteDraft[][] {
    return UNIVERSE.map((_, symbol) => quotesOfSecond(this.#path, at, symbol));
  }

  #makeQuotes(at: SecondContext): void {
    if (at.second === this.#quotesSecond) return;
    if (at.second !== this.#quotesSecond + 1) {
      this.#before = [];
      this.#quotes = [];
      for (const back of [2, 1]) {
        if (at.second < back) continue;
        this.#keepLast();
        this.#quotes = this.#quotesAt(
          contextAt(this.#path, at.tsMs - back * 1_000, this.#load),
        );
      }
    }
    this.#keepLast();
    this.#quotes = this.#quotesAt(at);
    this.#quotesSecond = at.second;
  }

  #keepLast(): void {
    this.#before = UNIVERSE.map((_, symbol) =>
      this.#quotes[symbol]?.at(-1) ?? this.#before[symbol]
    );
  }

  /** Last quote of a symbol at or before an instant of this second; undefined before the first at all. */
  #standing(symbol: number, tsMs: number): QuoteDraft | undefined {
    const quotes = this.#quotes[symbol] ?? [];
    for (let i = quotes.length - 1; i >= 0; i--) {
      const quote = quotes[i];
      if (quote !== undefined && quote.ts <= tsMs) return quote;
    }
    return this.#before[symbol];
  }

  /** Prints of a second. Before a symbol's first quote of the session it does not trade. */
  #makePrints(at: SecondContext): PrintDraft[] {
    const drafts: PrintDraft[] = [];
    const events = this.#path.market.eventSymbols;
    for (const moment of this.#arrivals.second(at)) {
      const quote = this.#standing(moment.symbol, moment.ts);
      if (quote === undefined) continue;
      drafts.push(shapePrint(moment, quote, at, events.includes(moment.symbol)));
    }
    for (const { ts, symbol, side, size, venue } of this.#hidden.second(at)) {
      const quote = this.#standing(symbol, ts);
      if (quote === undefined) continue;
      const price = side === 0 ? midpointOf(quote) : side === 1 ? quote.ask : quote.bid;
      const exchange = offVenue(venue);
      drafts.push({
        ts,
        symbol,
        price,
        size,
        exchange,
        offExchangeFlag: true,
        conditions: NO_CONDITION,
      });
    }
    const all = withAuctions(drafts, this.#path, at.tsMs, this.#load);
    for (const leg of stockLegsBetween(this.#schedule, at.tsMs, at.tsMs + 1_000)) {
      const quote = this.#standing(leg.symbol, leg.plan.ts);
      if (quote !== undefined) all.push(shapeLeg(leg, quote, this.#path.market));
    }
    return all;
  }
}

function quoteRecord(draft: QuoteDraft, seq: number, sessionId: number): EquityQuote {
  return {
    source_ts: draft.ts,
    ingest_ts: draft.ts,
    seq,
    trace_id: `syn-eq-${sessionId}-${seq.toString(36)}`,
    ts: draft.ts,
    underlying_id: UNIVERSE[draft.symbol]?.symbol ?? "",
    bid: draft.bid,
    ask: draft.ask,
    bidSize: draft.bidSize,
    askSize: draft.askSize,
  };
}

function printRecord(draft: PrintDraft, seq: number, sessionId: number): EquityPrint {
  return {
    source_ts: draft.ts,
    ingest_ts: draft.ts,
    seq,
    trace_id: `syn-ep-${sessionId}-${seq.toString(36)}`,
    ts: draft.ts,
    underlying_id: UNIVERSE[draft.symbol]?.symbol ?? "",
    price: draft.price,
    size: draft.size,
    exchange: draft.exchange,
    offExchangeFlag: draft.offExchangeFlag,
    conditions: draft.conditions,
  };
}
