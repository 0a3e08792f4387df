import type { Fact } from "./cell_planes.ts";

/** Bits of a window's quality. */
export const QUALITY = {
  SNAPSHOT: 1,
  BAD_BOOK: 2,
  CROSSED: 4,
  LATE: 8,
  NO_OPTION_BOOK: 16,
  BOOTSTRAP: 32,
  GENERATED: 64,
} as const;

/** Surfaces that windows of the past may lack, as bits of what came. */
export const OPTIONAL = {
  wall: 1,
  vacuum: 2,
  physics: 4,
  bucket_radar: 8,
  exposure: 16,
} as const;
export type OptionalSurface = keyof typeof OPTIONAL;
/** All of them. */
export const ALL_OPTIONAL = 31;

/** Total gamma exposure by price, server's: dealers long calls, short puts. */
export interface ProfileRows {
  readonly pricePoints: Float64Array;
  /** USD per point². */
  readonly gex: Float64Array;
}

/** Volatility by strike, ascending. */
export interface SmileRows {
  readonly strikeInt: Float64Array;
  /** Annual; NaN none. */
  readonly iv: Float64Array;
  /** Place in `IV_SOURCES`. */
  readonly ivSource: Uint8Array;
  /** To expiry. */
  readonly years: number;
  /** Price of the future that the volatilities go with, points. */
  readonly futurePoints: number;
}

/** What dealers would hold, calls and puts together, in the smile's strikes, contracts. */
export type Positions = Readonly<Record<"naive" | "short" | "flow", Float64Array>>;

/** What only the newest window is asked for. */
export interface ChainRows {
  readonly profile: ProfileRows;
  readonly smile: SmileRows;
  readonly positions: Positions;
}

/** A window as the page keeps it. */
export interface SurfaceWindow {
  /** End, epoch s: windows end at whole seconds. */
  readonly endS: number;
  /** Tick of the future, 1e-9 points. */
  readonly tickInt: number;
  /** Spot and nearest strike, ticks; 0 while there is none. */
  readonly spotTick: number;
  readonly strikeTick: number;
  readonly isBookValid: boolean;
  /** Bits of {@link QUALITY}. */
  readonly quality: number;
  readonly hasOptions: boolean;
  /** Bits of {@link OPTIONAL} that came with it. */
  readonly loaded: number;
  /** Shape [CELLS]. */
  readonly cells: Float32Array<ArrayBuffer>;
  /** Shape [LADDER_VALUES]. */
  readonly ladder: Float64Array<ArrayBuffer>;
  readonly facts: Readonly<Record<Fact, number>>;
  /** Null in windows of the past. */
  readonly chain: ChainRows | null;
}
