import type { RealismRow } from "../row.ts";
import { Calibration } from "./calibration.ts";
import { Chain } from "./chain.ts";
import { Conditional } from "./conditional.ts";
import { SeenContracts } from "./contracts.ts";
import { Lattice } from "./lattice.ts";
import { LookAhead } from "./look_ahead.ts";
import type {
  OutsidePart,
  SeenEquityPrint,
  SeenEquityQuote,
  SeenEvent,
  SeenOptionPrint,
  SeenOptionQuote,
  SeenSession,
} from "./part.ts";
import { PricePaths } from "./price_paths.ts";
import { Rhythm } from "./rhythm.ts";
import { Shares } from "./shares.ts";
import { Spreads } from "./spreads.ts";

/**
 * What a patient reader of the tape can tell: every X row, from emitted records alone. Sessions are given one
 * after the other, each with its records in order of (ts, rank, seq).
 */
export class OutsideAudit {
  readonly #parts: readonly OutsidePart[];
  #contracts = new SeenContracts(0);

  /** @param mostPrints Prints that trees are grown on; fewer take less time and tell less. */
  constructor(mostPrints = 65_536) {
    this.#parts = [
      new LookAhead(),
      new Rhythm(),
      new Lattice(),
      new Conditional(mostPrints),
      new PricePaths(),
      new Chain(),
      new Spreads(),
      new Shares(),
      new Calibration(),
    ];
  }

  /** Begins a session. */
  begin(session: SeenSession): void {
    this.#contracts = new SeenContracts(session.fromTs);
    for (const part of this.#parts) part.begin?.(session);
  }

  optionNbbo(quote: SeenOptionQuote): void {
    const contract = this.#contracts.of(quote.option_contract_id);
    for (const part of this.#parts) part.optionQuote?.(quote, contract);
  }

  optionPrint(print: SeenOptionPrint): void {
    const contract = this.#contracts.of(print.option_contract_id);
    for (const part of this.#parts) part.optionPrint?.(print, contract);
  }

  equityQuote(quote: SeenEquityQuote): void {
    for (const part of this.#parts) part.equityQuote?.(quote);
  }

  equityPrint(print: SeenEquityPrint): void {
    for (const part of this.#parts) part.equityPrint?.(print);
  }

  /** Takes a smart-money event; its prints were given. */
  event(event: SeenEvent): void {
    for (const part of this.#parts) part.event?.(event);
  }

  /** Ends a session: nothing more of it comes. */
  end(untilTs: number): void {
    for (const part of this.#parts) part.end?.(untilTs);
  }

  /** Every row, of all sessions so far; of one under way what can be told before its end. */
  rows(): RealismRow[] {
    return this.#parts.flatMap((part) => part.rows());
  }
}
