import {
  DirectionalSignals,
  type DirectionalValues,
  type Panel,
  panelSums,
  readPanel,
} from "../../engine/signals/mod.ts";
import type { ColumnStore } from "./column_store.ts";
import type { GridDecoder } from "./grid_decoder.ts";
import { PLANE } from "./planes.ts";

/** Exchange time that each signal needs before it counts; see docs/methods/signals.md. */
export const WARMUP_MS = { ads: 20_000, pfp: 500, svac: 0 } as const;

/** Computes the directional signals bin by bin and writes composite and warmth into the store. */
export class SignalTrack {
  readonly #signals: DirectionalSignals;
  readonly #rows;
  readonly #cellMs: number;
  #bins = 0;

  /** @param decoder Its scratch arrays are read at every {@link update}. */
  constructor(cellMs: number, decoder: GridDecoder) {
    this.#signals = new DirectionalSignals(cellMs);
    this.#cellMs = cellMs;
    this.#rows = {
      k: decoder.k,
      vAdd: decoder.plane(PLANE.V_ADD),
      vFill: decoder.plane(PLANE.V_FILL),
      vPull: decoder.plane(PLANE.V_PULL),
      vacuum: decoder.plane(PLANE.VACUUM),
      pressure: decoder.plane(PLANE.PRESSURE),
      restDepth: decoder.plane(PLANE.REST_DEPTH),
      spotHalfTick: false,
    };
  }

  /** The newest signals, null before the first bin. */
  get values(): DirectionalValues | null {
    return this.#bins === 0 ? null : this.#signals.values;
  }

  /** Sums and readings of the newest bin, null before the first. */
  panel(): Panel | null {
    return this.#bins === 0 ? null : readPanel(panelSums(this.#rows));
  }

  /** Time until each signal is warm, ms of exchange time; 0 when it is. */
  get coldMs(): { readonly ads: number; readonly pfp: number; readonly svac: number } {
    const seenMs = this.#bins * this.#cellMs;
    return {
      ads: Math.max(0, WARMUP_MS.ads - seenMs),
      pfp: Math.max(0, WARMUP_MS.pfp - seenMs),
      svac: this.#bins > 0 ? 0 : this.#cellMs,
    };
  }

  reset(): void {
    this.#signals.reset();
    this.#bins = 0;
  }

  /** Takes the bin that the decoder holds and notes composite and warmth in its column. */
  update(store: ColumnStore, slot: number, spotHalfTick: boolean): void {
    this.#rows.spotHalfTick = spotHalfTick;
    const values = this.#signals.update(this.#rows);
    this.#bins++;
    store.composite[slot] = values.composite;
    store.warmth[slot] = values.warmup;
  }
}
