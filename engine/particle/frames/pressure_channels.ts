import { ENG, type GridFrame } from "../../frames/mod.ts";
import { type DirectionalValues, type PanelRows, panelSums } from "../../signals/mod.ts";
import type { MarketFrame, ProfileChannel } from "./market_frame.ts";

const NS_PER_S = 1e9;
/** Horizon of the projected profile, ms. */
const PROJECTED_MS = 500;

/** What of an instrument the channels need; names as in its file. */
export interface PressureSource {
  /** 1e-9 currency units per tick. */
  readonly tick_int: number;
  /** Width of a bin. */
  readonly cell_width_ms: number;
  readonly grid_radius_ticks: number;
  readonly projection_horizons_ms: readonly number[];
}

/** Times of what the channels show, fit for structured clone. */
export interface PressureChannelsState {
  readonly atNs: number;
  readonly signalAtNs: number;
}

/**
 * What of a frame comes from the bins of the pressure pipeline: scores, depth and forces of the last bin that ends
 * by the end of the tick. Where that one has no sound book the channels stay as they are, and grow old.
 */
export class PressureChannels {
  readonly #frame: MarketFrame;
  readonly #labTickNano: number;
  /** Place of the projected profile among the bins' projections, −1 where the engine offers none. */
  readonly #projection: number;
  /** A pipeline fills the same frame again for every bin, so its view is made once. */
  #seen: { readonly bin: GridFrame; readonly rows: PanelRows } | null = null;
  /** End of the bin that is shown, and of the newest that had a signal, ns offset. */
  #atNs = -Infinity;
  #signalAtNs = -Infinity;

  /** @param labTickNano Unit of the frame's lengths, 1e-9 currency units. */
  constructor(frame: MarketFrame, source: PressureSource, labTickNano: number) {
    this.#frame = frame;
    this.#labTickNano = labTickNano;
    this.#projection = source.projection_horizons_ms.indexOf(PROJECTED_MS);
    const step = source.tick_int / labTickNano;
    for (const name of ["vp.score", "vp.proj500", "vp.depth"] as const) {
      frame.profiles[name].x0 = -source.grid_radius_ticks * step;
      frame.profiles[name].step = step;
    }
  }

  /**
   * Shows a closed bin; its arrays are not kept.
   *
   * @param signals What the directional signals make of it.
   */
  show(bin: GridFrame, { composite, warmup }: DirectionalValues): void {
    if (!isSound(bin)) return;
    this.#showProfiles(bin);
    this.#showForces(bin);
    this.#atNs = bin.binEndNs;
    if (warmup < 1) return;
    this.#frame.scalars["vp.signal"].v = Math.max(-1, Math.min(1, composite));
    this.#signalAtNs = bin.binEndNs;
  }

  /** Writes the ages. @param endNs End of the tick, ns offset. */
  stamp(endNs: number): void {
    const { scalars, profiles } = this.#frame;
    const ageS = (endNs - this.#atNs) / NS_PER_S;
    profiles["vp.score"].ageS = ageS;
    profiles["vp.proj500"].ageS = this.#projection < 0 ? Infinity : ageS;
    profiles["vp.depth"].ageS = ageS;
    scalars["vp.netEdge"].ageS = ageS;
    scalars["vp.forceTotal"].ageS = ageS;
    scalars["vp.signal"].ageS = (endNs - this.#signalAtNs) / NS_PER_S;
  }

  save(): PressureChannelsState {
    return { atNs: this.#atNs, signalAtNs: this.#signalAtNs };
  }

  restore(state: PressureChannelsState): void {
    this.#atNs = state.atNs;
    this.#signalAtNs = state.signalAtNs;
  }

  #showProfiles(bin: GridFrame): void {
    const { profiles } = this.#frame;
    const refTicks = bin.spotRefPriceInt / this.#labTickNano;
    put(profiles["vp.score"], refTicks, bin.score);
    put(profiles["vp.depth"], refTicks, bin.engine[ENG.REST_DEPTH]!);
    const projected = bin.projections[this.#projection];
    if (projected !== undefined) put(profiles["vp.proj500"], refTicks, projected);
  }

  #showForces(bin: GridFrame): void {
    const { scalars } = this.#frame;
    if (this.#seen?.bin !== bin) this.#seen = { bin, rows: panelRowsOf(bin) };
    const { pressureAbove, pressureBelow, vacuumAbove, vacuumBelow } = panelSums(this.#seen.rows);
    const up = pressureBelow + vacuumAbove;
    const down = pressureAbove + vacuumBelow;
    scalars["vp.netEdge"].v = up - down;
    scalars["vp.forceTotal"].v = up + down;
  }
}

function panelRowsOf(bin: GridFrame): PanelRows {
  return {
    k: bin.k,
    pressure: bin.engine[ENG.PRESSURE]!,
    vacuum: bin.engine[ENG.VACUUM]!,
    restDepth: bin.engine[ENG.REST_DEPTH]!,
    get spotHalfTick(): boolean {
      return bin.spotHalfTick;
    },
  };
}

function isSound(bin: GridFrame): boolean {
  const { bookValid, spotRefPriceInt, bestBidPriceInt, bestAskPriceInt } = bin;
  return bookValid && spotRefPriceInt > 0 && bestAskPriceInt > bestBidPriceInt;
}

function put(profile: ProfileChannel, refTicks: number, values: Float64Array): void {
  profile.refTicks = refTicks;
  profile.v.set(values);
}
