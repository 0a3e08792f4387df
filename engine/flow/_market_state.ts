import { BoundedMap, type Touched } from "./_bounded_map.ts";
import { MidTrack } from "./_mid_track.ts";
import { isTwoSided, type Quote, QuoteHistory } from "./_quote_history.ts";
import { type EquityPrint, type EquityQuote, isAuction, type OptionNbbo } from "../frames/mod.ts";
import type { FlowConfig } from "./sink.ts";

const CONTRACT_CAP = 50_000;
const SYMBOL_CAP = 5_000;
/** A spot or a mid may be this old, and quotes are remembered at least so long, ms. */
const LEAST_MEMORY_MS = 60_000;
/** Stock prints of one symbol kept for matching with option packets, and the least that is kept. */
const STOCK_PRINTS = 128;
const LEAST_STOCK = 500;
/** Share counts per contract that make a stock print the other side of an option packet. */
const SHARES_LOW = 90;
const SHARES_HIGH = 110;
/** From so many shares a match of sizes is no coincidence; below it the print must say so. */
const SURE_SHARES = 2_000;

interface StockPrint {
  readonly ts: number;
  readonly size: number;
  readonly contingent: boolean;
}

class StockPrints implements Touched {
  touchedTs = 0;
  readonly #prints: StockPrint[] = [];
  #at = 0;

  push(print: StockPrint): void {
    this.#prints[this.#at] = print;
    this.#at = (this.#at + 1) % STOCK_PRINTS;
    this.touchedTs = print.ts;
  }

  has(contracts: number, fromMs: number, toMs: number): boolean {
    return this.#prints.some(({ ts, size, contingent }) =>
      ts >= fromMs && ts <= toMs && size >= SHARES_LOW * contracts &&
      size <= SHARES_HIGH * contracts && (contingent || size >= SURE_SHARES)
    );
  }
}

/**
 * How long a quote is remembered, ms: past its greatest age it is stale, and past this it is as if it had
 * never been, so that a process that began later knows the same quotes.
 */
export function quoteMemoryMs(maxAgeMs: number): number {
  return Math.max(LEAST_MEMORY_MS, 2 * maxAgeMs);
}

/** The underlying of a contract as the newest equity quote shows it. */
export interface Spot {
  readonly quote: Quote;
  readonly mid: number;
}

/**
 * What the tape has shown lately: newest quotes of contracts (at most 50,000) and underlyings (5,000),
 * mids second by second, recent stock prints. What is too old to count is dropped.
 */
export class MarketState {
  readonly tracks = new BoundedMap<MidTrack>(SYMBOL_CAP, LEAST_MEMORY_MS);
  readonly #options: BoundedMap<QuoteHistory>;
  readonly #equities: BoundedMap<QuoteHistory>;
  readonly #stock: BoundedMap<StockPrints>;
  readonly #optionMemoryMs: number;
  readonly #equityMemoryMs: number;

  constructor(config: FlowConfig) {
    this.#optionMemoryMs = quoteMemoryMs(config.nbboMaxAgeMs);
    this.#equityMemoryMs = quoteMemoryMs(config.equityQuoteMaxAgeMs);
    this.#options = new BoundedMap(CONTRACT_CAP, this.#optionMemoryMs);
    this.#equities = new BoundedMap(SYMBOL_CAP, this.#equityMemoryMs);
    const packetMs = config.clusterSpanMs + config.clusterGapMs;
    this.#stock = new BoundedMap(SYMBOL_CAP, LEAST_MEMORY_MS + packetMs);
  }

  optionNbbo(record: OptionNbbo): void {
    let history = this.#options.get(record.option_contract_id);
    if (history === undefined) {
      history = new QuoteHistory();
      this.#options.set(record.option_contract_id, history);
    }
    history.push(record, record.ts);
  }

  equityQuote(record: EquityQuote): void {
    const id = record.underlying_id;
    let history = this.#equities.get(id);
    if (history === undefined) {
      history = new QuoteHistory();
      this.#equities.set(id, history);
    }
    history.push(record, record.ts);
    if (!isTwoSided(record)) return;
    let track = this.tracks.get(id);
    if (track === undefined) {
      track = new MidTrack();
      this.tracks.set(id, track);
    }
    // A late quote must not rewrite seconds that packets have been measured by.
    if (record.ts >= track.touchedTs) track.update(record.ts, (record.bid + record.ask) / 2);
  }

  equityPrint(record: EquityPrint): void {
    const contingent = record.conditions.includes("CONTINGENT");
    // An auction is many orders: none of them hedges an option by its size.
    if ((record.size < LEAST_STOCK && !contingent) || isAuction(record)) return;
    let prints = this.#stock.get(record.underlying_id);
    if (prints === undefined) {
      prints = new StockPrints();
      this.#stock.set(record.underlying_id, prints);
    }
    prints.push({ ts: record.ts, size: record.size, contingent });
  }

  /** The last quote of a contract with ts ≤ `tsMs`; null when none is remembered or a side lacks. */
  optionQuote(contractId: string, tsMs: number): Quote | null {
    return standing(this.#options.get(contractId), tsMs, this.#optionMemoryMs);
  }

  /** The same of an underlying. */
  equityQuoteAt(underlyingId: string, tsMs: number): Quote | null {
    return standing(this.#equities.get(underlyingId), tsMs, this.#equityMemoryMs);
  }

  /** The last two-sided equity quote with ts ≤ `tsMs` that is at most `maxAgeMs` old, or null. */
  spot(underlyingId: string, tsMs: number, maxAgeMs: number): Spot | null {
    const quote = this.equityQuoteAt(underlyingId, tsMs);
    if (quote === null || tsMs - quote.ts > maxAgeMs) return null;
    return { quote, mid: (quote.bid + quote.ask) / 2 };
  }

  /** Whether a stock print between two instants matches a number of contracts, 90 to 110 shares each. */
  hasStockPrint(underlyingId: string, contracts: number, fromMs: number, toMs: number): boolean {
    return this.#stock.get(underlyingId)?.has(contracts, fromMs, toMs) ?? false;
  }

  /** Number of entries of every map. */
  sizes(): Readonly<Record<string, number>> {
    return {
      option_quotes: this.#options.size,
      equity_quotes: this.#equities.size,
      mid_tracks: this.tracks.size,
      stock_prints: this.#stock.size,
    };
  }

  sweep(nowMs: number): void {
    this.#options.sweep(nowMs);
    this.#equities.sweep(nowMs);
    this.tracks.sweep(nowMs);
    this.#stock.sweep(nowMs);
  }
}

function standing(history: QuoteHistory | undefined, tsMs: number, memoryMs: number): Quote | null {
  const quote = history?.at(tsMs) ?? null;
  return quote !== null && isTwoSided(quote) && tsMs - quote.ts <= memoryMs ? quote : null;
}
