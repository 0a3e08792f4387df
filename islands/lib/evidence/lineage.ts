import type {
  EquityJoin,
  FlowPacket,
  InferredDark,
  OptionNbbo,
  OptionPrint,
  SmartMoneyEvent,
} from "../../../engine/frames/mod.ts";

/** Everything that one finding was made of, as far as the store still has it. */
export interface Lineage {
  readonly event: SmartMoneyEvent | null;
  readonly packets: readonly FlowPacket[];
  /** Ascending in time. */
  readonly prints: readonly OptionPrint[];
  /** Quotes of the prints' contracts from a little before to a little after, ascending in time. */
  readonly quotes: readonly OptionNbbo[];
  readonly dark: InferredDark | null;
  readonly joins: readonly EquityJoin[];
  /** What could not be had, and why. */
  readonly unresolved: readonly Unresolved[];
}

/** A piece of evidence that is missing. */
export interface Unresolved {
  readonly what: string;
  readonly why: string;
}

/** Contracts of the lineage in order of their first print. */
export function contractsOf(lineage: Lineage): readonly string[] {
  return [...new Set(lineage.prints.map((print) => print.option_contract_id))];
}
