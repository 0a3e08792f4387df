import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  SmartMoneyEvent,
} from "../../frames/mod.ts";
import type { Bound, RealismRow } from "../row.ts";
import type { SeenContract } from "./contracts.ts";

/** Fields of an option quote that an outsider's meters read. */
export type SeenOptionQuote = Pick<OptionNbbo, "ts" | "option_contract_id" | "bid" | "ask">;
/** Fields of an option print that an outsider's meters read. */
export type SeenOptionPrint = Pick<
  RawOptionPrint,
  "ts" | "seq" | "trace_id" | "option_contract_id" | "price" | "size" | "exchange" | "conditions"
>;
/** Fields of an equity quote that an outsider's meters read. */
export type SeenEquityQuote = Pick<EquityQuote, "ts" | "underlying_id" | "bid" | "ask">;
/** Fields of an equity print that an outsider's meters read. */
export type SeenEquityPrint = Pick<
  EquityPrint,
  "ts" | "underlying_id" | "price" | "size" | "exchange" | "offExchangeFlag" | "conditions"
>;
/** Fields of a smart-money event that an outsider's meters read. */
export type SeenEvent = Pick<
  SmartMoneyEvent,
  "source_ts" | "member_print_ids" | "primary_profile_id" | "probability" | "profile_scores"
>;

/** What a label file says of a print that belongs to an order. */
export interface OrderLabel {
  /** Number of the order in its session. */
  readonly slot: number;
  readonly family: string;
}

/** What is meant by the prints of a session, by trace id; null: background. */
export type LabelOf = (traceId: string) => OrderLabel | null;

/** A stretch of one session that is about to be given. */
export interface SeenSession {
  /** Epoch ms from which on every record is given. */
  readonly fromTs: number;
  /** Null: nobody knows what was meant. */
  readonly labelOf: LabelOf | null;
}

/**
 * Keeps figures of what is emitted, in order of (ts, rank, seq) within a session, of one session after the
 * other. Every method is optional: a part takes what it needs. `end` follows the last record of a session.
 */
export interface OutsidePart {
  begin?(session: SeenSession): void;
  optionQuote?(quote: SeenOptionQuote, contract: SeenContract): void;
  optionPrint?(print: SeenOptionPrint, contract: SeenContract): void;
  equityQuote?(quote: SeenEquityQuote): void;
  equityPrint?(print: SeenEquityPrint): void;
  event?(event: SeenEvent): void;
  end?(untilTs: number): void;
  /** Rows of every session so far; of one under way what can be told before its end. */
  rows(): RealismRow[];
}

/** A bound that is judged on a sample of its own. */
export function judgedOn(n: number, least: number, bound: Bound): Bound {
  return { ...bound, n, least };
}

/** A number that is told and not judged: it has no range. */
export function told(of: string, value: number): Bound {
  return { of, value, low: -Infinity, high: Infinity };
}
