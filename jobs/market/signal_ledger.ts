import type { GridFrame } from "../../engine/frames/mod.ts";
import { DirectionalSignals, type SignalRows, signalRowsOf } from "../../engine/signals/mod.ts";

/** Columns that the directional signals read, in the order in which they are kept. */
const COLUMNS = [
  "vAdd",
  "vFill",
  "vPull",
  "vacuum",
] as const satisfies readonly (keyof SignalRows)[];

/** Values per bin of an answer: composite, ads, pfp, svac, warmup. */
export const SIGNAL_VALUES = ["composite", "ads", "pfp", "svac", "warmup"] as const;

/** The directional signals of a stretch of bins, begun anew at its first. */
export interface SignalStretch {
  /** Ends of the first and the last bin, epoch ns. */
  readonly firstEndNs: bigint;
  readonly lastEndNs: bigint;
  readonly cellWidthMs: number;
  /** Shape [bins, 5] in the order of {@link SIGNAL_VALUES}. */
  readonly values: Float64Array<ArrayBuffer>;
}

/**
 * What the directional signals read of the newest bins, straight from the engine's frames, so that a
 * reader can ask what they come to over just the bins it has.
 */
export class SignalLedger {
  readonly #capacity: number;
  readonly #rows: number;
  readonly #k: Int32Array;
  readonly #cellWidthMs: number;
  readonly #cells: Float64Array;
  readonly #halfTick: Uint8Array;
  readonly #endNs: Float64Array;
  readonly #baseNs: bigint;
  /** Number of the newest bin; the ones before it are kept without a hole. */
  #last = -1;
  #count = 0;

  /**
   * @param capacity Bins kept.
   * @param radius Rows on either side of the spot.
   * @param baseNs Epoch ns that the frames' times count from.
   */
  constructor(capacity: number, radius: number, cellWidthMs: number, baseNs: bigint) {
    const rows = 2 * radius + 1;
    this.#capacity = capacity;
    this.#rows = rows;
    this.#cellWidthMs = cellWidthMs;
    this.#baseNs = baseNs;
    this.#k = Int32Array.from({ length: rows }, (_, row) => row - radius);
    this.#cells = new Float64Array(capacity * COLUMNS.length * rows);
    this.#halfTick = new Uint8Array(capacity);
    this.#endNs = new Float64Array(capacity);
  }

  /** Takes the next bin; one that does not follow the newest begins anew. */
  add(frame: GridFrame): void {
    if (frame.binSeq !== this.#last + 1) this.#count = 0;
    this.#last = frame.binSeq;
    this.#count = Math.min(this.#count + 1, this.#capacity);
    const slot = frame.binSeq % this.#capacity;
    const rows = signalRowsOf(frame);
    COLUMNS.forEach((column, i) => {
      this.#cells.set(rows[column], (slot * COLUMNS.length + i) * this.#rows);
    });
    this.#halfTick[slot] = frame.spotHalfTick ? 1 : 0;
    this.#endNs[slot] = frame.binEndNs;
  }

  /** The signals over the bins `from` to `to`, both included; null when one of them is not kept. */
  over(from: number, to: number): SignalStretch | null {
    if (from > to || to > this.#last || from <= this.#last - this.#count) return null;
    const signals = new DirectionalSignals(this.#cellWidthMs);
    const values = new Float64Array((to - from + 1) * SIGNAL_VALUES.length);
    for (let seq = from, at = 0; seq <= to; seq++) {
      const seen = signals.update(this.#rowsOf(seq % this.#capacity));
      for (const name of SIGNAL_VALUES) values[at++] = seen[name];
    }
    const endOf = (seq: number) => this.#baseNs + BigInt(this.#endNs[seq % this.#capacity]!);
    const cellWidthMs = this.#cellWidthMs;
    return { firstEndNs: endOf(from), lastEndNs: endOf(to), cellWidthMs, values };
  }

  #rowsOf(slot: number): SignalRows {
    const column = (i: number) => {
      const at = (slot * COLUMNS.length + i) * this.#rows;
      return this.#cells.subarray(at, at + this.#rows);
    };
    return {
      k: this.#k,
      vAdd: column(0),
      vFill: column(1),
      vPull: column(2),
      vacuum: column(3),
      spotHalfTick: this.#halfTick[slot] === 1,
    };
  }
}
