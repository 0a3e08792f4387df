import type { RawSink } from "../frames/raw_sink.ts";
import { DEFAULT_CONTROL, fixedTimeline, sessionById } from "../regime/mod.ts";
import { MarketTape } from "./market_tape.ts";
import type { Load } from "./market_tape_types.ts";

const SESSION = sessionById(202601140);
const FROM_MS = SESSION.openTs + 60 * 60_000;

/** Raw messages per second of one core, and of the same tape made from its definition. */
export interface TapeBenchResult {
  readonly messages: number;
  readonly perSecond: number;
  /** Each second by a tape that starts anew, as a record is a pure function of its second. */
  readonly naivePerSecond: number;
  /** Records that differ between the two over the seconds that both made. */
  readonly differing: number;
}

class Tape {
  readonly #tape: MarketTape;
  readonly records: string[] = [];
  messages = 0;
  readonly #sink: RawSink;

  constructor(load: Load, keep: boolean) {
    this.#tape = new MarketTape({ clock: "et", load, timeline: fixedTimeline(DEFAULT_CONTROL) });
    const take = (record: { readonly trace_id: string }): void => {
      this.messages++;
      if (keep) this.records.push(JSON.stringify(record));
    };
    this.#sink = { optionNbbo: take, optionPrint: take, equityQuote: take, equityPrint: take };
  }

  run(fromMs: number, untilMs: number): void {
    this.#tape.seek(fromMs);
    this.#tape.advance(untilMs, this.#sink);
  }
}

function differences(seconds: number, load: Load): number {
  const warm = new Tape(load, true);
  warm.run(FROM_MS - 30_000, FROM_MS);
  warm.records.length = 0;
  warm.run(FROM_MS, FROM_MS + seconds * 1_000);
  const anew: string[] = [];
  for (let s = 0; s < seconds; s++) {
    const tape = new Tape(load, true);
    tape.run(FROM_MS + s * 1_000, FROM_MS + (s + 1) * 1_000);
    anew.push(...tape.records);
  }
  const longer = Math.max(anew.length, warm.records.length);
  let differing = 0;
  for (let i = 0; i < longer; i++) if (anew[i] !== warm.records[i]) differing++;
  return differing;
}

/**
 * Times a market tape over a stretch an hour after the open, warm, against making every second anew.
 *
 * @param now A clock in ms.
 */
export function benchTape(
  now: () => number,
  { load = "active", seconds = 120, naiveSeconds = 8 }: {
    readonly load?: Load;
    readonly seconds?: number;
    readonly naiveSeconds?: number;
  } = {},
): TapeBenchResult {
  const tape = new Tape(load, false);
  tape.run(FROM_MS - 20_000, FROM_MS);
  tape.messages = 0;
  const begin = now();
  tape.run(FROM_MS, FROM_MS + seconds * 1_000);
  const perSecond = tape.messages / ((now() - begin) / 1_000);
  const { messages } = tape;
  let naiveMessages = 0;
  const naiveBegin = now();
  for (let s = 0; s < naiveSeconds; s++) {
    const anew = new Tape(load, false);
    anew.run(FROM_MS + s * 1_000, FROM_MS + (s + 1) * 1_000);
    naiveMessages += anew.messages;
  }
  const naivePerSecond = naiveMessages / ((now() - naiveBegin) / 1_000);
  return { messages, perSecond, naivePerSecond, differing: differences(3, load) };
}
