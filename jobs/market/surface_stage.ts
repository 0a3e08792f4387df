import { MBO_WORD, type MboBlock } from "../../engine/dbn/mod.ts";
import type { InstrumentConfig } from "../../engine/pressure/mod.ts";
import type { Stage } from "../../engine/stage/mod.ts";
import { type Chain, NO_CHAIN } from "../../engine/surfaces/gamma/mod.ts";
import {
  SurfaceBatches,
  SurfacePass,
  type SurfacePassState,
} from "../../engine/surfaces/pass/mod.ts";
import { isListing, type MarketFeed } from "../feeds/mod.ts";
import type { Release } from "./release.ts";
import { LARGEST_SURFACE, WINDOWS_WITH_LARGEST } from "./surface_names.ts";
import { packWindow, type SurfaceFrames, type SurfaceWindow } from "./surface_window.ts";

const WINDOW_NS = 1e9;
/** Of the history, how much has every surface, ns. */
const LARGEST_KEPT_NS = WINDOWS_WITH_LARGEST * WINDOW_NS;

/** What the surfaces of a market are made of, and where they go. */
export interface SurfaceStageOptions {
  readonly feed: MarketFeed;
  readonly instrument: Pick<InstrumentConfig, "symbol" | "tick_int">;
  /** Epoch ns that offsets count from. */
  readonly baseNs: bigint;
  readonly release: Release;
  /** Takes a window for readers; its buffer is theirs. */
  readonly onWindow: (window: SurfaceWindow) => void;
}

/** Copy of a stage: null before the first record of the future. */
export type SurfaceStageState =
  | { readonly instrumentId: number; readonly pass: SurfacePassState }
  | null;

/**
 * Makes the surfaces of a market beside its bins and packs every window for its readers. Of a recording of
 * many contracts it reads the one that the run is of, from its first record on.
 */
export class SurfaceStage implements Stage<MboBlock, SurfaceStageState> {
  readonly #options: SurfaceStageOptions;
  readonly #symbol: string;
  #instrumentId = -1;
  #pass: SurfacePass | null = null;
  #batches: SurfaceBatches | null = null;
  #isOff = false;

  constructor(options: SurfaceStageOptions) {
    this.#options = options;
    this.#symbol = options.feed.symbol || options.instrument.symbol;
  }

  /** Makes nothing from now on: the records so far went past it, so that it knows no book. */
  turnOff(): void {
    this.#isOff = true;
    this.#pass = null;
  }

  /** The options that are listed now. */
  get listed(): Chain {
    const { feed } = this.#options;
    return isListing(feed) ? feed.chain : NO_CHAIN;
  }

  /** @param listed The options that were listed when the records came. */
  take(block: MboBlock, listed = this.listed): void {
    if (this.#isOff) return;
    const pass = this.#pass ?? this.#begin(this.#futureIn(block), listed);
    if (pass === null) return;
    const { chain, baseNs } = pass;
    if (listed !== chain) {
      // Other options are listed when these have expired.
      pass.closeUntil(Number(chain.expirationNs - baseNs));
      pass.list(listed);
    }
    pass.take(block);
  }

  closeUntil(tsNs: number): void {
    this.#pass?.closeUntil(tsNs);
  }

  finish(): void {
    this.#pass?.finish();
  }

  save(): SurfaceStageState {
    const pass = this.#pass;
    return pass === null ? null : { instrumentId: this.#instrumentId, pass: pass.save() };
  }

  restore(state: SurfaceStageState): void {
    this.#pass = null;
    this.#batches = null;
    if (state === null) return;
    this.#begin(state.instrumentId, this.listed)?.restore(state.pass);
  }

  hash(): string {
    return this.#pass?.hash() ?? "";
  }

  /** Id of the run's future among the records of a block; -1 when it has none. */
  #futureIn({ words, strideWords, count }: MboBlock): number {
    const { symbolOf } = this.#options.feed;
    for (let at = 0; at < count * strideWords; at += strideWords) {
      const id = words[at + MBO_WORD.INSTRUMENT_ID] ?? 0;
      const symbol = symbolOf(id) ?? "";
      if (symbol === "" || symbol === this.#symbol) return id;
    }
    return -1;
  }

  #begin(instrumentId: number, chain: Chain): SurfacePass | null {
    if (instrumentId < 0) return null;
    const { baseNs, feed, instrument } = this.#options;
    const pass = new SurfacePass({
      baseNs,
      future: { instrumentId, tickNano: instrument.tick_int },
      chain,
      isGenerated: feed.isSynthetic,
      onWindow: (closed) => this.#close(closed),
    });
    this.#instrumentId = instrumentId;
    this.#pass = pass;
    this.#batches = SurfaceBatches.ofStreams(pass);
    return pass;
  }

  #close(pass: SurfacePass): void {
    const { release, instrument, onWindow } = this.#options;
    const batches = this.#batches;
    const { windows, hasOptions, endNs } = pass;
    if (batches === null || release.isMuted(windows.endNs)) return;
    const isOld = windows.endNs <= release.historyUntilNs - LARGEST_KEPT_NS;
    batches.clear();
    batches.take(pass, isOld ? LARGEST_SURFACE : undefined);
    const { spotRefInt, strikeRefInt } = windows.future.row;
    onWindow(packWindow({
      endNs,
      symbol: this.#symbol,
      spotRefInt,
      strikeRefInt,
      tickInt: instrument.tick_int,
      hasOptions,
      isPast: windows.endNs + WINDOW_NS <= release.historyUntilNs,
    }, framesOf(batches, isOld)));
  }
}

function framesOf({ batches }: SurfaceBatches, isOld: boolean): SurfaceFrames {
  const kept = [...batches].filter(([name]) => !isOld || name !== LARGEST_SURFACE);
  return Object.fromEntries(kept.map(([name, batch]) => [name, batch.frame()]));
}
