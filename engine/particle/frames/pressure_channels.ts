import { ENG, type GridFrame } from "../../frames/mod.ts";
import {
  DirectionalSignals,
  type DirectionalSignalsState,
  type PanelRows,
  panelSums,
  type SignalRows,
  signalRowsOf,
} from "../../signals/mod.ts";
import type { MarketFrame, ProfileChannel } from "./market_frame.ts";

const NS_PER_S = 1e9;
/** Horizon of the projected profile, ms. */
const PROJECTED_MS = 500;

/** What of an instrument the channels need; names as in its file. */
export interface PressureSource {
  /** 1e-9 currency units per tick. */
  readonly tick_int: number;
  readonly cell_width_ms: number;
  readonly grid_radius_ticks: number;
  readonly projection_horizons_ms: readonly number[];
}

/** Copy of the memory between bins, fit for structured clone. */
export interface PressureChannelsState {
  readonly signals: DirectionalSignalsState;
  readonly untilNs: number;
  readonly atNs: number;
  readonly signalAtNs: number;
}

/** Views of a bin that is filled again and again. */
interface BinViews {
  readonly bin: GridFrame;
  readonly signal: SignalRows;
  readonly panel: PanelRows;
}

/**
 * What of a frame comes from the bins of the pressure pipeline: scores, depth and forces of the last bin that ends
 * by the end of the tick. A bin without a sound book leaves the channels as they are, and they grow old.
 */
export class PressureChannels {
  readonly #frame: MarketFrame;
  readonly #labTickNano: number;
  readonly #signals: DirectionalSignals;
  /** Place of the projected profile among the bins' projections, −1 where the engine offers none. */
  readonly #projection: number;
  #views: BinViews | null = null;
  /** End of the newest bin, ns offset; NaN before the first. */
  #untilNs = NaN;
  /** End of the newest bin with a sound book, and of the newest with a signal, ns offset. */
  #atNs = -Infinity;
  #signalAtNs = -Infinity;

  /** @param labTickNano Unit of the frame's lengths, 1e-9 currency units. */
  constructor(frame: MarketFrame, source: PressureSource, labTickNano: number) {
    this.#frame = frame;
    this.#labTickNano = labTickNano;
    this.#signals = new DirectionalSignals(source.cell_width_ms);
    this.#projection = source.projection_horizons_ms.indexOf(PROJECTED_MS);
    const step = source.tick_int / labTickNano;
    for (const name of ["vp.score", "vp.proj500", "vp.depth"] as const) {
      frame.profiles[name].x0 = -source.grid_radius_ticks * step;
      frame.profiles[name].step = step;
    }
  }

  /** Takes the next closed bin; its arrays are not kept. */
  take(bin: GridFrame): void {
    const { signal, panel } = this.#viewsOf(bin);
    if (bin.binStartNs !== this.#untilNs) this.#signals.reset();
    this.#untilNs = bin.binEndNs;
    const { composite, warmup } = this.#signals.update(signal);
    if (!isSound(bin)) return;
    this.#takeProfiles(bin);
    this.#takeForces(panel);
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
    return {
      signals: this.#signals.save(),
      untilNs: this.#untilNs,
      atNs: this.#atNs,
      signalAtNs: this.#signalAtNs,
    };
  }

  restore(state: PressureChannelsState): void {
    this.#signals.restore(state.signals);
    this.#untilNs = state.untilNs;
    this.#atNs = state.atNs;
    this.#signalAtNs = state.signalAtNs;
  }

  /** A pipeline fills the same frame again for every bin, so its views are made once. */
  #viewsOf(bin: GridFrame): BinViews {
    if (this.#views?.bin === bin) return this.#views;
    const panel: PanelRows = {
      k: bin.k,
      pressure: bin.engine[ENG.PRESSURE]!,
      vacuum: bin.engine[ENG.VACUUM]!,
      restDepth: bin.engine[ENG.REST_DEPTH]!,
      get spotHalfTick(): boolean {
        return bin.spotHalfTick;
      },
    };
    return this.#views = { bin, signal: signalRowsOf(bin), panel };
  }

  #takeProfiles(bin: GridFrame): void {
    const { profiles } = this.#frame;
    const refTicks = bin.spotRefPriceInt / this.#labTickNano;
    put(profiles["vp.score"], refTicks, bin.score);
    put(profiles["vp.depth"], refTicks, bin.engine[ENG.REST_DEPTH]!);
    const projected = bin.projections[this.#projection];
    if (projected !== undefined) put(profiles["vp.proj500"], refTicks, projected);
  }

  #takeForces(panel: PanelRows): void {
    const { scalars } = this.#frame;
    const { pressureAbove, pressureBelow, vacuumAbove, vacuumBelow } = panelSums(panel);
    const up = pressureBelow + vacuumAbove;
    const down = pressureAbove + vacuumBelow;
    scalars["vp.netEdge"].v = up - down;
    scalars["vp.forceTotal"].v = up + down;
  }
}

function isSound(bin: GridFrame): boolean {
  const { bookValid, spotRefPriceInt, bestBidPriceInt, bestAskPriceInt } = bin;
  return bookValid && spotRefPriceInt > 0 && bestAskPriceInt > bestBidPriceInt;
}

function put(profile: ProfileChannel, refTicks: number, values: Float64Array): void {
  profile.refTicks = refTicks;
  profile.v.set(values);
}
