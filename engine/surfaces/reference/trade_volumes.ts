import { newYorkNs } from "../../clock/mod.ts";
import { ACTION, MBO_WORD, type MboBlock } from "../../dbn/mod.ts";
import type { DayVolume } from "./contract_choice.ts";

const WORD = 4_294_967_296;
const UNDEFINED_SIZE = 4_294_967_295;

/** Sums the trades of one date by instrument. */
export class TradeVolumes {
  readonly #baseHigh: number;
  readonly #baseLow: number;
  readonly #earlyNs: number;
  readonly #contracts = new Map<number, number>();
  readonly #early = new Set<number>();

  /** @param date New York date, YYYY-MM-DD. @throws {RangeError} When the text is no date. */
  constructor(date: string) {
    const from = newYorkNs(date, "05:00");
    this.#baseHigh = Number(from >> 32n);
    this.#baseLow = Number(from & 0xffff_ffffn);
    this.#earlyNs = Number(newYorkNs(date, "08:30") - from);
  }

  /** Takes the records of a block. */
  take({ words, strideWords, count }: MboBlock): void {
    for (let at = 0; at < count * strideWords; at += strideWords) {
      const action = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! >>> 16 & 0xff;
      const size = words[at + MBO_WORD.SIZE]!;
      if (action !== ACTION.TRADE || size === UNDEFINED_SIZE) continue;
      const id = words[at + MBO_WORD.INSTRUMENT_ID]!;
      this.#contracts.set(id, (this.#contracts.get(id) ?? 0) + size);
      const high = words[at + MBO_WORD.TS_EVENT_HIGH]! - this.#baseHigh;
      const sinceNs = high * WORD + words[at + MBO_WORD.TS_EVENT_LOW]! - this.#baseLow;
      if (sinceNs >= 0 && sinceNs < this.#earlyNs) this.#early.add(id);
    }
  }

  /** What an instrument traded. */
  of(instrumentId: number): DayVolume {
    return {
      contracts: this.#contracts.get(instrumentId) ?? 0,
      tradedEarly: this.#early.has(instrumentId),
    };
  }
}
