import { FlowScale, type FlowScaleState } from "./flow_scale.ts";
import type { MarketFrame, ScalarName } from "./market_frame.ts";
import type { QuoteFlow } from "./quote_flow.ts";

const NS_PER_S = 1e9;
/** Farthest of the micro-price from the mid, lab ticks. */
const MICRO_TICKS = 2;
const NAMES: readonly ScalarName[] = [
  "book.bidQty",
  "book.askQty",
  "book.spread",
  "book.imbalance",
  "book.microOffset",
  "flow.ofi",
  "flow.ofiNorm",
];

/** Copy of the memory between ticks, fit for structured clone. */
export interface BookChannelsState {
  readonly scale: FlowScaleState;
  readonly atNs: number;
}

/** What of a frame comes from the book itself at the end of the tick: best prices, their sizes, and the flow. */
export class BookChannels {
  readonly #frame: MarketFrame;
  readonly #labTickNano: number;
  readonly #scale = new FlowScale();
  readonly #channels;
  /** End of the last tick with a sound book, ns offset. */
  #atNs = -Infinity;

  /** @param labTickNano Unit of the frame's lengths, 1e-9 currency units. */
  constructor(frame: MarketFrame, labTickNano: number) {
    this.#frame = frame;
    this.#labTickNano = labTickNano;
    this.#channels = NAMES.map((name) => frame.scalars[name]);
  }

  /** Writes the best prices and the mid. */
  writePrices({ bidNano, askNano }: QuoteFlow): void {
    const frame = this.#frame;
    frame.bidTicks = bidNano / this.#labTickNano;
    frame.askTicks = askNano / this.#labTickNano;
    const hasBoth = bidNano !== 0 && askNano !== 0;
    frame.spotTicks = hasBoth ? (bidNano + askNano) / 2 / this.#labTickNano : 0;
  }

  /** Writes what a sound book tells. @param endNs End of the tick, ns offset. */
  writeScalars({ bidQty, askQty, ofi }: QuoteFlow, endNs: number): void {
    const { scalars, bidTicks, askTicks } = this.#frame;
    const spread = askTicks - bidTicks;
    const imbalance = (bidQty - askQty) / (bidQty + askQty);
    const micro = spread / 2 * imbalance;
    scalars["book.bidQty"].v = bidQty;
    scalars["book.askQty"].v = askQty;
    scalars["book.spread"].v = spread;
    scalars["book.imbalance"].v = imbalance;
    scalars["book.microOffset"].v = Math.max(-MICRO_TICKS, Math.min(MICRO_TICKS, micro));
    scalars["flow.ofi"].v = ofi;
    scalars["flow.ofiNorm"].v = this.#scale.take(ofi);
    this.#atNs = endNs;
  }

  /** Writes the ages. @param endNs End of the tick, ns offset. */
  stamp(endNs: number): void {
    const ageS = (endNs - this.#atNs) / NS_PER_S;
    for (let i = 0; i < this.#channels.length; i++) this.#channels[i]!.ageS = ageS;
  }

  save(): BookChannelsState {
    return { scale: this.#scale.save(), atNs: this.#atNs };
  }

  restore(state: BookChannelsState): void {
    this.#scale.restore(state.scale);
    this.#atNs = state.atNs;
  }
}
