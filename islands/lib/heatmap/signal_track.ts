import {
  DEFAULT_PARAMETERS,
  DirectionalSignals,
  type DirectionalValues,
  nextVerdict,
  type Panel,
  panelSums,
  readPanel,
  type SignalParameters,
  type SignalRows,
  type Verdict,
} from "../../../engine/signals/mod.ts";
import type { ColumnStore } from "./column_store.ts";
import type { GridDecoder } from "./grid_decoder.ts";
import { PLANE } from "./planes.ts";

/** Exchange time that each signal needs before it counts, ms. */
export interface WarmUp {
  readonly ads: number;
  readonly pfp: number;
  readonly svac: number;
}

/** Exchange time that each signal needs by its definition; see docs/methods/signals.md. */
export const WARMUP_MS: WarmUp = warmUpOf(DEFAULT_PARAMETERS);

function warmUpOf(parameters: SignalParameters): WarmUp {
  return { ads: parameters.adsZMs, pfp: parameters.pfpLagMs, svac: 0 };
}

/** Computes the directional signals bin by bin and writes composite and warmth into the store. */
export class SignalTrack {
  readonly #rows;
  readonly #cellMs: number;
  #signals: DirectionalSignals;
  #warmUp = WARMUP_MS;
  #bins = 0;
  #verdict: Verdict | null = null;

  /** @param decoder Its scratch arrays are read at every {@link panel}, and by {@link decoded}. */
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

  /** The one reading of the newest bin, null before the first. */
  get verdict(): Verdict | null {
    return this.#verdict;
  }

  /** Reads the bin that the decoder holds, once its signals are computed. */
  judge(): void {
    const { composite, warmup } = this.#signals.values;
    this.#verdict = nextVerdict(this.#verdict, { composite, warmup, panel: this.panel() });
  }

  /** Time until each signal is warm, ms of exchange time; 0 when it is. */
  get coldMs(): WarmUp {
    const seenMs = this.#bins * this.#cellMs;
    return {
      ads: Math.max(0, this.#warmUp.ads - seenMs),
      pfp: Math.max(0, this.#warmUp.pfp - seenMs),
      svac: this.#bins > 0 ? 0 : this.#cellMs,
    };
  }

  /** The bin that the decoder holds, as the signals read it. */
  decoded(spotHalfTick: boolean): SignalRows {
    this.#rows.spotHalfTick = spotHalfTick;
    return this.#rows;
  }

  reset(): void {
    this.#signals.reset();
    this.#bins = 0;
    this.#verdict = null;
  }

  /** Begins anew with other parameters. */
  setParameters(parameters: SignalParameters): void {
    this.#signals = new DirectionalSignals(this.#cellMs, parameters);
    this.#warmUp = warmUpOf(parameters);
    this.#bins = 0;
    this.#verdict = null;
  }

  /** Takes the next bin and notes composite and warmth in its column. */
  update(store: ColumnStore, slot: number, rows: SignalRows): void {
    const values = this.#signals.update(rows);
    this.#bins++;
    store.composite[slot] = values.composite;
    store.warmth[slot] = values.warmup;
  }
}
