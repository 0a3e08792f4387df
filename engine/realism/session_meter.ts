import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  RawSink,
  StreamName,
  StreamRecords,
} from "../frames/mod.ts";
import { AlignmentMeter } from "./alignment_meter.ts";
import type { Confusion } from "./confusion.ts";
import { EquityMeter } from "./equity_meter.ts";
import { LeakMeter, type LeakScope } from "./leak_meter.ts";
import { MarketMeter } from "./market_meter.ts";
import type { Meter, MeteredSession } from "./meter.ts";
import { OptionQuoteMeter } from "./option_quote_meter.ts";
import { SequenceMeter } from "./sequence_meter.ts";
import { Tallies } from "./tallies.ts";
import { TimingMeter } from "./timing_meter.ts";

/** What a session meter looks at. */
export interface MeterScope {
  /** Quotes, equities and second-to-second moves too, not only timing and classification. */
  readonly isWhole: boolean;
  readonly leaks: LeakScope | null;
}

/**
 * Measures one session from the records that go out, in order of event time. Memory is bounded: totals, a
 * minute of quotes, and the named events of the session.
 */
export class SessionMeter implements RawSink {
  readonly of: MeteredSession;
  /** Epoch ms from which the session was read. */
  readonly fromTs: number;
  readonly #tallies = new Tallies();
  readonly #alignment: AlignmentMeter;
  readonly #meters: readonly Meter[];
  #untilTs: number;

  /** @param fromTs Epoch ms of the first whole second that will be given. */
  constructor(of: MeteredSession, fromTs: number, scope: MeterScope) {
    this.of = of;
    this.fromTs = fromTs;
    this.#untilTs = fromTs;
    const tallies = this.#tallies;
    this.#alignment = new AlignmentMeter(of, tallies, fromTs);
    const meters: Meter[] = [
      this.#alignment,
      new TimingMeter(of, tallies, fromTs),
      new SequenceMeter(tallies),
    ];
    if (scope.isWhole) {
      meters.push(
        new OptionQuoteMeter(of, tallies, fromTs),
        new EquityMeter(() => of.schedule.market, tallies),
        new MarketMeter(of, tallies, fromTs),
      );
    }
    if (scope.leaks !== null) meters.push(new LeakMeter(scope.leaks, tallies));
    this.#meters = meters;
  }

  /** Epoch ms up to which everything was given. */
  get untilTs(): number {
    return this.#untilTs;
  }

  optionNbbo(record: OptionNbbo): void {
    for (const meter of this.#meters) meter.optionNbbo?.(record);
  }

  optionPrint(record: RawOptionPrint): void {
    const label = this.of.label(record.trace_id);
    for (const meter of this.#meters) meter.optionPrint?.(record, label);
  }

  equityQuote(record: EquityQuote): void {
    for (const meter of this.#meters) meter.equityQuote?.(record);
  }

  equityPrint(record: EquityPrint): void {
    for (const meter of this.#meters) meter.equityPrint?.(record);
  }

  /** Takes a record that the flow pipeline gave out, of any stream. */
  derived<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    for (const meter of this.#meters) meter.derived?.(stream, record);
  }

  /** Everything before a whole second was given. */
  advance(tsMs: number): void {
    for (let ts = this.#untilTs + 1_000; ts <= tsMs; ts += 1_000) {
      for (const meter of this.#meters) meter.second?.(ts);
      this.#untilTs = ts;
    }
  }

  /** The figures so far, as a copy. */
  tallies(): Tallies {
    const copy = new Tallies();
    copy.merge(this.#tallies.data());
    for (const meter of this.#meters) meter.addTo?.(copy, this.#untilTs);
    return copy;
  }

  /** What was meant against how it was read, over the last hour. */
  confusion(): Confusion {
    return this.#alignment.confusion(this.#untilTs);
  }
}
