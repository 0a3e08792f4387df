import { quoteImbalance, type TickBook } from "../../book/mod.ts";

const BID = 0;
const BID_QTY = 1;
const ASK = 2;
const ASK_QTY = 3;

/** Best bid and ask and their sizes, rewritten in place: 1e-9 units and contracts. */
type Quote = [bid: number, bidQty: number, ask: number, askQty: number];

/** Copy of a quote and its flow, fit for structured clone. */
export interface QuoteFlowState {
  readonly quote: Readonly<Quote>;
  readonly isQuote: boolean;
  readonly ofi: number;
}

/**
 * The best prices after the newest event, and what the events of a stretch of time did to them. A quote is a book
 * with two sides that do not meet; after a book that is none the next quote only starts anew.
 */
export class QuoteFlow {
  /** Order-flow imbalance of the stretch, contracts. */
  ofi = 0;
  readonly #quote: Quote = [0, 0, 0, 0];
  /** Room for the next one. */
  readonly #next: Quote = [0, 0, 0, 0];
  #isQuote = false;

  /** Best prices, 1e-9 units, and their quantities, contracts; 0 where there is none. */
  get bidNano(): number {
    return this.#quote[BID];
  }
  get bidQty(): number {
    return this.#quote[BID_QTY];
  }
  get askNano(): number {
    return this.#quote[ASK];
  }
  get askQty(): number {
    return this.#quote[ASK_QTY];
  }

  /** Takes the book after an event. */
  see(book: TickBook): void {
    const { bestBid, bestAsk, bestBidIndex, bestAskIndex } = book;
    const bidQty = bestBidIndex < 0 ? 0 : book.bidDepth[bestBidIndex]!;
    const askQty = bestAskIndex < 0 ? 0 : book.askDepth[bestAskIndex]!;
    const last = this.#quote;
    const isSame = bestBid === last[BID] && bestAsk === last[ASK] &&
      bidQty === last[BID_QTY] && askQty === last[ASK_QTY];
    // Most events lie deeper in the book.
    if (isSame) return;
    const next = this.#next;
    next[BID] = bestBid;
    next[BID_QTY] = bidQty;
    next[ASK] = bestAsk;
    next[ASK_QTY] = askQty;
    const isQuote = bestBidIndex >= 0 && bestAskIndex > bestBidIndex;
    if (isQuote && this.#isQuote) this.ofi += quoteImbalance(last, next);
    last[BID] = bestBid;
    last[BID_QTY] = bidQty;
    last[ASK] = bestAsk;
    last[ASK_QTY] = askQty;
    this.#isQuote = isQuote;
  }

  /** Begins the next stretch; the quote stands. */
  next(): void {
    this.ofi = 0;
  }

  save(): QuoteFlowState {
    return { quote: [...this.#quote], isQuote: this.#isQuote, ofi: this.ofi };
  }

  restore(state: QuoteFlowState): void {
    state.quote.forEach((value, i) => this.#quote[i] = value);
    this.#isQuote = state.isQuote;
    this.ofi = state.ofi;
  }
}
