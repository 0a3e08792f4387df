import type { EquityPrint, EquityQuote, OptionNbbo, RawOptionPrint } from "./records.ts";

/** Takes the raw streams in order of (ts, rank, seq): NBBO, option prints, equity quotes, equity prints. */
export interface RawSink {
  optionNbbo(record: OptionNbbo): void;
  optionPrint(record: RawOptionPrint): void;
  equityQuote(record: EquityQuote): void;
  equityPrint(record: EquityPrint): void;
}
