import { quoteImbalance, type TickBook } from "../../book/mod.ts";

const BID = 0;
const BID_QTY = 1;
const ASK = 2;
const ASK_QTY = 3;

/** Best bid and ask and their sizes, rewritten in turns: 1e-9 units and contracts. */
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
  #quote: Quote = [0, 0, 0, 0];
  #next: Quote = [0, 0, 0, 0];
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
    const { bestBidIndex, bestAskIndex } = book;
    const next = this.#next;
    next[BID] = book.bestBid;
    next[ASK] = book.bestAsk;
    next[BID_QTY] = bestBidIndex < 0 ? 0 : book.bidDepth[bestBidIndex]!;
    next[ASK_QTY] = bestAskIndex < 0 ? 0 : book.askDepth[bestAskIndex]!;
    const isQuote = bestBidIndex >= 0 && bestAskIndex > bestBidIndex;
    if (isQuote && this.#isQuote) this.ofi += quoteImbalance(this.#quote, next);
    this.#next = this.#quote;
    this.#quote = next;
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
    this.#quote = [...state.quote];
    this.#isQuote = state.isQuote;
    this.ofi = state.ofi;
  }
}
