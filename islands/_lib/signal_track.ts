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

/** Signals warm up in a fixed order; these shares of warmth tell which are warm. */
const PFP_WARM = 0.6;
const ADS_WARM = 0.9;

/** Computes the directional signals bin by bin and writes composite and warmth into the store. */
export class SignalTrack {
  readonly #signals: DirectionalSignals;
  readonly #rows;
  #bins = 0;

  /** @param decoder Its scratch arrays are read at every {@link update}. */
  constructor(cellMs: number, decoder: GridDecoder) {
    this.#signals = new DirectionalSignals(cellMs);
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

  /** Which signals are warm; SVac is first, then PFP, then ADS. */
  get warm(): { readonly ads: boolean; readonly pfp: boolean; readonly svac: boolean } {
    const share = this.values?.warmup ?? 0;
    return { ads: share > ADS_WARM, pfp: share > PFP_WARM, svac: share > 0 };
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
