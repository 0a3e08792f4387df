import {
  GammaProfile,
  PRICE_UNITS,
  PROFILE_POINTS,
  profilePriceInt,
  writeProfile,
  ZeroGammaRange,
} from "../profile/mod.ts";
import type { OptionQuotes } from "../windows/mod.ts";
import type { Chain } from "./chain.ts";
import { ChainIndex } from "./chain_index.ts";
import { ExposureRows } from "./exposure.ts";
import { type GexState, GexSurface } from "./gex_surface.ts";
import { GreekRows } from "./greek_rows.ts";
import { skewOf } from "./skew.ts";
import { clearSummary, emptySummary, type GammaSummary, sumTotals, takeWalls } from "./summary.ts";
import { Volatilities, type VolatilitiesState } from "./volatilities.ts";

const LEAST_NS = 60e9;
const YEAR_NS = 365 * 86_400e9;

/** Where and when a window ended. */
export interface GammaWindow {
  /** Mid of the future at the end where its book is valid, two-sided and not crossed, else the spot; 1e-9 points. */
  futureInt: number;
  /** Nearest strike of the lattice, 1e-9 points; 0 in a window without spot. */
  strikeRefInt: number;
  /** Spot to the tick, 1e-9 points; 0 none. */
  spotRefInt: number;
  /** UTC ns. */
  windowEndNs: bigint;
}

/** Volatilities by strike, ascending; NaN stands for null. */
export interface SmileRows {
  /** All strikes of the chain, or 0. */
  readonly count: number;
  readonly strikeInt: Float64Array;
  readonly iv: Float64Array;
  /** Place in `IV_SOURCES`. */
  readonly ivSource: Uint8Array;
  readonly staleS: Int32Array;
  readonly callOpenInterest: Float64Array;
  readonly putOpenInterest: Float64Array;
}

/** Total gamma exposure by price of the future; assumes dealers long calls, short puts. */
export interface ProfileRows {
  /** 61, or 0 in a window without spot. */
  readonly count: number;
  /** 1e-9 points. */
  readonly priceInt: Float64Array;
  /** USD per point, per point. */
  readonly gex: Float64Array;
}

/** What a window's options come to. The columns are kept: the next window overwrites them. */
export interface GammaColumns {
  readonly window: Readonly<GammaWindow>;
  /** To expiry, not less than a minute; 0 after it and in a window without spot. */
  readonly years: number;
  readonly greeks: GreekRows;
  readonly surface: GexSurface;
  readonly summary: GammaSummary;
  readonly smile: SmileRows;
  readonly profile: ProfileRows;
  readonly exposure: ExposureRows;
}

/** Copy of what passes from window to window, fit for structured clone. */
export interface GammaState {
  readonly volatilities: VolatilitiesState;
  readonly surface: GexState;
}

/**
 * Gamma exposure of the options on a future, one window after the other: volatilities from the quotes, greeks of every
 * option, exposure at 25 strikes, and what it comes to.
 *
 * @see docs/methods/surfaces-gamma.md.
 */
export class Gamma {
  #parts: Parts;
  readonly #surface = new GexSurface();
  readonly #summary = emptySummary();

  /** @param chain Options of the day; another may come with any window. */
  constructor(chain: Chain) {
    this.#parts = partsOf(chain, this.#surface, this.#summary);
  }

  /**
   * Takes the quotes at the end of a window.
   *
   * @param signedVolume Shape [options]: contracts that customers bought less those they sold since the session began.
   * @returns The kept columns.
   */
  close(
    chain: Chain,
    quotes: OptionQuotes,
    window: Readonly<GammaWindow>,
    signedVolume: Float64Array,
  ): GammaColumns {
    if (chain !== this.#parts.index.chain) this.#adopt(chain);
    const { columns } = this.#parts;
    Object.assign(columns.window, window);
    const remainingNs = Number(chain.expirationNs - window.windowEndNs);
    columns.years = 0;
    columns.greeks.count =
      columns.smile.count =
      columns.exposure.count =
      columns.profile.count =
        0;
    if (window.strikeRefInt === 0) this.#skip();
    else if (remainingNs <= 0) this.#expire(window.strikeRefInt);
    else {
      columns.years = Math.max(LEAST_NS, remainingNs) / YEAR_NS;
      this.#value(quotes, window, columns.years, signedVolume);
    }
    return columns;
  }

  save(): GammaState {
    return { volatilities: this.#parts.volatilities.save(), surface: this.#surface.save() };
  }

  /** Puts a copy back, of whatever chain. */
  restore(state: GammaState): void {
    this.#parts.volatilities.restore(state.volatilities);
    this.#surface.restore(state.surface);
  }

  #adopt(chain: Chain): void {
    const before = this.#parts.volatilities.save();
    this.#parts = partsOf(chain, this.#surface, this.#summary);
    this.#parts.volatilities.restore(before);
  }

  #skip(): void {
    this.#parts.volatilities.skip();
    this.#surface.skip();
    clearSummary(this.#summary, 0);
  }

  #expire(strikeRefInt: number): void {
    const { volatilities, columns } = this.#parts;
    volatilities.skip();
    this.#surface.take(columns.greeks, strikeRefInt);
    clearSummary(this.#summary, 1);
    columns.profile.gex.fill(0);
    setPrices(columns.profile, strikeRefInt);
  }

  #value(
    quotes: OptionQuotes,
    { futureInt, strikeRefInt }: Readonly<GammaWindow>,
    years: number,
    signedVolume: Float64Array,
  ): void {
    const { index, volatilities, columns } = this.#parts;
    const { greeks, smile, exposure } = columns;
    volatilities.close(quotes, futureInt, years);
    smile.count = index.strikeInt.length;
    greeks.take(quotes, volatilities, futureInt, years);
    this.#surface.take(greeks, strikeRefInt);
    exposure.take(greeks, signedVolume);
    clearSummary(this.#summary, 1);
    sumTotals(this.#summary, greeks, futureInt);
    takeWalls(this.#summary, this.#surface, futureInt);
    this.#summary.atmIv = volatilities.smileAt(futureInt / PRICE_UNITS);
    this.#summary.skew25d = skewOf(index, greeks, futureInt);
    this.#takeProfiles(futureInt / PRICE_UNITS, strikeRefInt, years);
  }

  #takeProfiles(futurePoints: number, strikeRefInt: number, years: number): void {
    const { index, volatilities, profile, range, netOpenInterest, columns } = this.#parts;
    const { iv, bidIv, askIv } = volatilities;
    const { strikePoints } = index;
    profile.take(strikePoints, iv, netOpenInterest, years);
    writeProfile(profile, strikeRefInt / PRICE_UNITS, columns.profile.gex);
    setPrices(columns.profile, strikeRefInt);
    const zero = profile.zeroGamma(futurePoints);
    range.take(strikePoints, bidIv, askIv, netOpenInterest, years, zero, futurePoints);
    this.#summary.zeroGammaPriceInt = Math.round(zero * PRICE_UNITS);
    this.#summary.zeroGammaLowInt = Math.round(range.low * PRICE_UNITS);
    this.#summary.zeroGammaHighInt = Math.round(range.high * PRICE_UNITS);
  }
}

/** What is made for a chain. */
type Parts = ReturnType<typeof partsOf>;

function partsOf(chain: Chain, surface: GexSurface, summary: GammaSummary) {
  const index = new ChainIndex(chain);
  const volatilities = new Volatilities(index);
  const { strikeInt, callOpenInterest, putOpenInterest } = index;
  const { iv, source: ivSource, staleS } = volatilities;
  const window: GammaWindow = { futureInt: 0, strikeRefInt: 0, spotRefInt: 0, windowEndNs: 0n };
  const points = () => new Float64Array(PROFILE_POINTS);
  const columns = {
    window,
    years: 0,
    greeks: new GreekRows(index),
    surface,
    summary,
    smile: { count: 0, strikeInt, iv, ivSource, staleS, callOpenInterest, putOpenInterest },
    profile: { count: 0, priceInt: points(), gex: points() },
    exposure: new ExposureRows(index),
  };
  return {
    index,
    volatilities,
    profile: new GammaProfile(strikeInt.length),
    range: new ZeroGammaRange(strikeInt.length),
    /** Calls less puts by strike, contracts. */
    netOpenInterest: callOpenInterest.map((calls, strike) => calls - putOpenInterest[strike]!),
    columns,
  };
}

function setPrices(
  profile: { count: number; readonly priceInt: Float64Array },
  strikeRefInt: number,
): void {
  profile.count = PROFILE_POINTS;
  for (let i = 0; i < PROFILE_POINTS; i++) profile.priceInt[i] = profilePriceInt(strikeRefInt, i);
}
