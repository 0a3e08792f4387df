import type {
  EquityPrint,
  EquityQuote,
  OptionNbbo,
  RawOptionPrint,
  RawSink,
} from "../../engine/frames/mod.ts";

type Raw =
  | { readonly kind: "nbbo"; readonly record: OptionNbbo }
  | { readonly kind: "options"; readonly record: RawOptionPrint }
  | { readonly kind: "equity-quotes"; readonly record: EquityQuote }
  | { readonly kind: "equities"; readonly record: EquityPrint };

/** Hands one raw record to a sink. */
function deliver(raw: Raw, sink: RawSink): void {
  switch (raw.kind) {
    case "nbbo":
      return sink.optionNbbo(raw.record);
    case "options":
      return sink.optionPrint(raw.record);
    case "equity-quotes":
      return sink.equityQuote(raw.record);
    case "equities":
      return sink.equityPrint(raw.record);
  }
}

/** Raw records that were made but whose time has not come. A side that is off is left out. */
export class RawBuffer implements RawSink {
  readonly #options: boolean;
  readonly #equities: boolean;
  #waiting: Raw[] = [];
  #next = 0;

  constructor(sides: { readonly options: boolean; readonly equities: boolean }) {
    this.#options = sides.options;
    this.#equities = sides.equities;
  }

  /** Records waiting. */
  get count(): number {
    return this.#waiting.length - this.#next;
  }

  /** Records that are kept in memory, those that are out included. */
  get held(): number {
    return this.#waiting.length;
  }

  optionNbbo(record: OptionNbbo): void {
    if (this.#options) this.#waiting.push({ kind: "nbbo", record });
  }

  optionPrint(record: RawOptionPrint): void {
    if (this.#options) this.#waiting.push({ kind: "options", record });
  }

  equityQuote(record: EquityQuote): void {
    if (this.#equities) this.#waiting.push({ kind: "equity-quotes", record });
  }

  equityPrint(record: EquityPrint): void {
    if (this.#equities) this.#waiting.push({ kind: "equities", record });
  }

  /** Hands over every record with ts < `untilMs`, in order. */
  release(untilMs: number, sink: RawSink): void {
    while (this.#next < this.#waiting.length) {
      const raw = this.#waiting[this.#next];
      if (raw === undefined || raw.record.ts >= untilMs) break;
      this.#next++;
      deliver(raw, sink);
    }
    // At pace a second is made before the last one is out, so that the list is never quite empty:
    // what is out is dropped once it is the larger half.
    if (this.#next * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
  }

  /** Forgets what is waiting. */
  clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }
}
