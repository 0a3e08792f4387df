import { FLAG, MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import type { Stage } from "../stage.ts";

const HIGH_WORD = 4_294_967_296;

/** Records of one closed bin; those of a snapshot lie in none. */
export interface CountFrame {
  /** End of the bin, ns offset. */
  readonly binEndNs: number;
  readonly records: number;
}

/** Copy of a counting stage. */
export interface CountState {
  readonly endNs: number;
  readonly records: number;
  readonly total: number;
}

/** The smallest stage there is: counts the records of every bin, on whole multiples of its width. */
export class CountStage implements Stage<MboBlock, CountState> {
  readonly #baseHigh: number;
  readonly #baseLow: number;
  readonly #widthNs: number;
  readonly #onBin: (frame: CountFrame) => void;
  #endNs = NaN;
  #records = 0;
  #total = 0;

  /**
   * @param baseNs Epoch ns that offsets count from.
   * @param onBin Told of every bin since the first record, empty ones too.
   */
  constructor(baseNs: bigint, widthNs: number, onBin: (frame: CountFrame) => void) {
    this.#baseHigh = Number(baseNs >> 32n);
    this.#baseLow = Number(baseNs & 0xffff_ffffn);
    this.#widthNs = widthNs;
    this.#onBin = onBin;
  }

  take({ words, strideWords, count }: MboBlock): void {
    for (let at = 0; at < count * strideWords; at += strideWords) {
      this.#total++;
      // A snapshot carries the times of old orders; the market's time begins after it.
      if ((words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! & FLAG.SNAPSHOT) !== 0) continue;
      const high = words[at + MBO_WORD.TS_EVENT_HIGH]! - this.#baseHigh;
      const tsNs = high * HIGH_WORD + words[at + MBO_WORD.TS_EVENT_LOW]! - this.#baseLow;
      if (Number.isNaN(this.#endNs)) {
        this.#endNs = (Math.floor(tsNs / this.#widthNs) + 1) * this.#widthNs;
      }
      this.closeUntil(tsNs);
      this.#records++;
    }
  }

  closeUntil(tsNs: number): void {
    while (this.#endNs <= tsNs) this.#close();
  }

  finish(): void {
    if (this.#records > 0) this.#close();
  }

  save(): CountState {
    return { endNs: this.#endNs, records: this.#records, total: this.#total };
  }

  restore(state: CountState): void {
    this.#endNs = state.endNs;
    this.#records = state.records;
    this.#total = state.total;
  }

  hash(): string {
    return `${this.#endNs}:${this.#records}:${this.#total}`;
  }

  #close(): void {
    this.#onBin({ binEndNs: this.#endNs, records: this.#records });
    this.#endNs += this.#widthNs;
    this.#records = 0;
  }
}
