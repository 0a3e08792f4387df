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

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Whether an id ends in a dash and a number in base 36: asked of every raw row, so without a text of it. */
function isOf(id: string, seq: number): boolean {
  let at = id.length - 1;
  for (let rest = seq; id[at] === DIGITS[rest % 36]; rest = Math.floor(rest / 36), at--) {
    if (rest < 36) return id[at - 1] === "-";
  }
  return false;
}

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
    const isNamed = !isRaw(stream) || isOf(trace_id, seq);
    this.#tallies.share("D4", isNew && isNamed ? 0 : 1, 1);
    this.#last.set(stream, seq);
  }
}
