import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  RecordHead,
  StreamName,
  StreamRecords,
} from "../frames/mod.ts";
import { isRaw } from "../frames/streams/mod.ts";
import type { Meter } from "./meter.ts";
import type { Tallies } from "./tallies.ts";

/** Whether the numbers of each stream ascend, so that no two rows of a session share a number or an id. */
export class SequenceMeter implements Meter {
  readonly #tallies: Tallies;
  readonly #last = new Map<StreamName, number>();

  constructor(tallies: Tallies) {
    this.#tallies = tallies;
  }

  optionNbbo(record: OptionNbbo): void {
    this.#take("nbbo", record);
  }

  optionPrint(record: RawOptionPrint): void {
    this.#take("options", record);
  }

  equityQuote(record: EquityQuote): void {
    this.#take("equity-quotes", record);
  }

  equityPrint(record: EquityPrint): void {
    this.#take("equities", record);
  }

  derived<S extends StreamName>(stream: S, record: StreamRecords[S]): void {
    if (!isRaw(stream)) this.#take(stream, record);
  }

  #take(stream: StreamName, { seq, trace_id }: RecordHead): void {
    const before = this.#last.get(stream);
    const isNew = before === undefined || seq > before;
    const isNamed = !isRaw(stream) || trace_id.endsWith(`-${seq.toString(36)}`);
    this.#tallies.share("D4", isNew && isNamed ? 0 : 1, 1);
    this.#last.set(stream, seq);
  }
}
