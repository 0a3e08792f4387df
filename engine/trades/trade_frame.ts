import type { Frame } from "../frames/mod.ts";

/** The trades of one closed bin. Its arrays are its own. */
export interface TradeFrame {
  /** 0-based number of the bin. */
  readonly binSeq: number;
  /** End of the bin, ns offset. */
  readonly binEndNs: number;
  /** Rows of `TRADE_CELLS`, lowest price first; at least one. */
  readonly cells: Frame;
  /** Rows of `TRADE_PRINTS` in the order of the feed. */
  readonly prints: Frame;
  /** Prints that are in the cells alone, as the bin had more than a frame tells one by one. */
  readonly printsLeftOut: number;
}
