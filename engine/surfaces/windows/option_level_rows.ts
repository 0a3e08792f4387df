import { ASKS, BIDS, type PriceLevels } from "../book/mod.ts";
import type { SurfaceWindows } from "./surface_windows.ts";

/** Rows that there is room for at first. */
const FIRST = 1_024;

/**
 * Depth and flow of one window at every premium of every option where something rests at its end or
 * happened in it; by instrument, bids before asks, premiums ascending. Columns are kept and grow: the
 * next window overwrites them.
 */
export class OptionLevelRows {
  count = 0;
  instrumentId = new Float64Array(FIRST);
  /** 0 bid, 1 ask. */
  side = new Uint8Array(FIRST);
  /** Premium, 1e-9 points. */
  priceInt = new Float64Array(FIRST);
  /** Contracts that rest at the end. */
  depth = new Float64Array(FIRST);
  add = new Float64Array(FIRST);
  pull = new Float64Array(FIRST);
  /** Of `pull`, what had rested. */
  pullRest = new Float64Array(FIRST);
  fill = new Float64Array(FIRST);

  /** Takes the rows of a finished window. */
  take({ options, optionBooks }: SurfaceWindows): void {
    this.count = 0;
    for (let i = 0; i < optionBooks.length; i++) {
      const { levels, tickNano } = optionBooks[i]!;
      const id = options.instrumentId[i]!;
      while (this.count + levels.count(BIDS) + levels.count(ASKS) > this.side.length) this.#grow();
      const bids = levels.count(BIDS);
      for (let rank = 0; rank < bids; rank++) {
        this.#add(levels, levels.at(BIDS, rank), id, tickNano);
      }
      for (let rank = levels.count(ASKS) - 1; rank >= 0; rank--) {
        this.#add(levels, levels.at(ASKS, rank), id, tickNano);
      }
    }
  }

  #add(levels: PriceLevels, level: number, id: number, tickNano: number): void {
    const i = this.count++;
    this.instrumentId[i] = id;
    this.side[i] = levels.sideOf(level);
    this.priceInt[i] = levels.tick(level) * tickNano;
    this.depth[i] = levels.depth(level);
    this.add[i] = levels.added(level);
    this.pull[i] = levels.pulled(level);
    this.pullRest[i] = levels.pulledRest(level);
    this.fill[i] = levels.filled(level);
  }

  #grow(): void {
    const rows = 2 * this.side.length;
    const wider = (column: Float64Array) => {
      const grown = new Float64Array(rows);
      grown.set(column);
      return grown;
    };
    const side = new Uint8Array(rows);
    side.set(this.side);
    this.side = side;
    this.instrumentId = wider(this.instrumentId);
    this.priceInt = wider(this.priceInt);
    this.depth = wider(this.depth);
    this.add = wider(this.add);
    this.pull = wider(this.pull);
    this.pullRest = wider(this.pullRest);
    this.fill = wider(this.fill);
  }
}
