import { FLAG, MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import { type Clock, Pacer } from "../market/mod.ts";

const HIGH_WORD = 4_294_967_296;

/** Waits shorter than this are not worth a timer, ms. */
const LEAST_WAIT_MS = 4;

/** How fast records are handed on. */
export interface PlaybackOptions {
  readonly clock: Clock;
  /** Recorded seconds per second, > 0. */
  readonly speed: number;
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  /** Everything before this offset goes in at once, ns. */
  readonly unpacedUntilNs: number;
  readonly signal: AbortSignal;
  readonly deliver: (block: MboBlock) => void;
}

/** Hands records on as their time comes. The first one after the unpaced stretch sets the clock. */
export class Playback {
  readonly #options: PlaybackOptions;
  readonly #baseLow: number;
  readonly #baseHigh: number;
  #pacer: Pacer | null = null;

  constructor(options: PlaybackOptions) {
    this.#options = options;
    this.#baseLow = Number(options.baseNs & 0xffff_ffffn);
    this.#baseHigh = Number(options.baseNs >> 32n);
  }

  /** Hands the records of a block on, in order; resolves early when the signal aborts. */
  async play(block: MboBlock): Promise<void> {
    const { clock, signal, deliver } = this.#options;
    const { words, strideWords, count } = block;
    let from = 0;
    for (let i = 0; i < count; i++) {
      const waitMs = this.#msUntil(words, i * strideWords);
      if (waitMs < LEAST_WAIT_MS) continue;
      deliver(part(block, from, i));
      from = i;
      await clock.sleep(waitMs, signal);
      if (signal.aborted) return;
    }
    deliver(part(block, from, count));
  }

  #msUntil(words: Uint32Array, at: number): number {
    if ((words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]! & FLAG.SNAPSHOT) !== 0) return 0;
    const tsNs = (words[at + MBO_WORD.TS_EVENT_HIGH]! - this.#baseHigh) * HIGH_WORD +
      (words[at + MBO_WORD.TS_EVENT_LOW]! - this.#baseLow);
    const { clock, speed, unpacedUntilNs } = this.#options;
    if (tsNs < unpacedUntilNs) return 0;
    const nowMs = clock.nowMs();
    this.#pacer ??= new Pacer(tsNs, nowMs, speed);
    return this.#pacer.msUntil(tsNs, nowMs);
  }
}

function part(block: MboBlock, from: number, to: number): MboBlock {
  const { words, strideWords } = block;
  return {
    words: words.subarray(from * strideWords, to * strideWords),
    strideWords,
    count: to - from,
  };
}
