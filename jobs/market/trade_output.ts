import { ArrowEncoder, TRADE_CELLS, TRADE_PRINTS } from "../../engine/frames/mod.ts";
import type { TradeFrame } from "../../engine/trades/mod.ts";
import type { EncodedPart } from "./protocol.ts";
import type { Release } from "./release.ts";

/** A closed bin, as far as its trades go by it. */
export interface TradedBin {
  readonly binSeq: number;
  /** End of the bin, epoch ns. */
  readonly endNs: bigint;
  readonly live: boolean;
}

/** Encodes the trades of bins that are for readers, and hands them over with their bin. */
export class TradeOutput {
  readonly #release: Release;
  readonly #cells = new ArrowEncoder(TRADE_CELLS);
  readonly #prints = new ArrowEncoder(TRADE_PRINTS);
  /** Frames of bins that the pressure pipeline has yet to close: those of one block of records. */
  readonly #waiting = new Map<number, TradeFrame>();

  constructor(release: Release) {
    this.#release = release;
  }

  /** Takes the trades of a bin, ahead of the bin itself. */
  take(frame: TradeFrame): void {
    if (!this.#release.isMuted(frame.binEndNs)) this.#waiting.set(frame.binSeq, frame);
  }

  /** The trades of a bin: messages that say so where nothing traded, too. */
  partsOf(bin: TradedBin): readonly EncodedPart[] {
    const frame = this.#waiting.get(bin.binSeq) ?? null;
    this.#waiting.delete(bin.binSeq);
    const cells = frame === null ? null : this.#cells.encode(frame.cells);
    const prints = frame === null ? null : this.#prints.encode(frame.prints);
    const rows = (of: "cells" | "prints") => frame?.[of].columns[0]?.length ?? 0;
    return [
      { name: "trade_cells", header: headerOf("trade_cells", bin, rows("cells"), 0), arrow: cells },
      {
        name: "trade_prints",
        header: headerOf("trade_prints", bin, rows("prints"), frame?.printsLeftOut ?? 0),
        arrow: prints,
      },
    ];
  }
}

function headerOf(type: string, bin: TradedBin, rows: number, leftOut: number): string {
  return JSON.stringify({
    type,
    bin_seq: bin.binSeq,
    bin_end_ns: bin.endNs.toString(),
    rows,
    left_out: leftOut,
    live: bin.live,
  });
}
