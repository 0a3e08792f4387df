import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  StreamName,
  StreamRecords,
} from "../frames/mod.ts";
import type { Session } from "../regime/mod.ts";
import type { Label } from "../tape/options/mod.ts";
import type { CoupledPath, SessionSchedule } from "../tape/schedule/mod.ts";
import type { Tallies } from "./tallies.ts";

/** What a meter knows of the session besides its records. None of it ever goes out but as totals. */
export interface MeteredSession {
  readonly session: Session;
  readonly schedule: SessionSchedule;
  readonly path: CoupledPath;
  /** What the generator meant by an option print of the last hour. */
  label(traceId: string): Label | null;
}

/**
 * Reads a session in order of event time and keeps figures of it. Every method is optional: a meter
 * takes what it needs. `second` is called once everything before its instant was given.
 */
export interface Meter {
  optionNbbo?(record: OptionNbbo): void;
  optionPrint?(record: RawOptionPrint, label: Label | null): void;
  equityQuote?(record: EquityQuote): void;
  equityPrint?(record: EquityPrint): void;
  derived?<S extends StreamName>(stream: S, record: StreamRecords[S]): void;
  second?(tsMs: number): void;
  /** Adds the figures that need the whole stretch so far, up to `untilMs`; changes nothing in the meter. */
  addTo?(tallies: Tallies, untilMs: number): void;
}
