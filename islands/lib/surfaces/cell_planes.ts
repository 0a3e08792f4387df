/** Ticks on each side of the spot that a column has rows of. */
export const HALF_TICKS = 400;
/** Rows of a column. */
export const ROWS: number = 2 * HALF_TICKS + 1;
/** Buckets of two ticks on each side of the spot's. */
export const HALF_BUCKETS: number = HALF_TICKS / 2;
const BUCKETS = 2 * HALF_BUCKETS + 1;

/** Where the values of a column begin: planes of {@link ROWS} ticks, then planes of buckets. NaN: no row. */
export const PLANE = {
  /** Liquidity velocity per window, both sides. */
  VELOCITY: 0,
  /** Rested depth, contracts: asks +, bids −. */
  WALL: ROWS,
  /** Its change since the window before, contracts. */
  WALL_CHANGE: 2 * ROWS,
  /** 0…1. */
  VACUUM: 3 * ROWS,
  /** Ease of movement: up +, down −, −1…1. */
  PHYSICS: 4 * ROWS,
  /** 0…5. */
  BLOCKED: 5 * ROWS,
  /** 0…1. */
  CAVITATION: 5 * ROWS + BUCKETS,
  /** 0…1. */
  STIFFNESS: 5 * ROWS + 2 * BUCKETS,
} as const;

/** Values of a column. */
export const CELLS: number = 5 * ROWS + 3 * BUCKETS;

/** Ticks between two strikes. */
export const STRIKE_TICKS = 20;
/** Strikes on each side of the middle one. */
export const HALF_STRIKES = 12;
/** Strikes of a column. */
export const STRIKES: number = 2 * HALF_STRIKES + 1;

/** Where the strikes' values of a column begin, {@link STRIKES} each. NaN: none. Exposures in USD/point². */
export const LADDER = {
  /** Liquidity velocity of the options of a strike. */
  OPTIONS: 0,
  /** Gamma of the calls and of the puts, ≥ 0. */
  CALLS: STRIKES,
  PUTS: 2 * STRIKES,
  /** Gamma of the dealers by what is assumed of them. */
  NAIVE: 3 * STRIKES,
  SHORT: 4 * STRIKES,
  FLOW: 5 * STRIKES,
} as const;

/** Strikes' values of a column. */
export const LADDER_VALUES: number = 6 * STRIKES;

/** What is known once a window. Prices in points, NaN where there is none. */
export const FACTS = [
  "mid",
  "zeroGamma",
  "zeroGammaLow",
  "zeroGammaHigh",
  "callWall",
  "putWall",
  "gexTotal",
  "gexUsd1Pct",
  "gexTilt",
  "atmIv",
  "skew25d",
  "events",
  "trades",
] as const;
export type Fact = (typeof FACTS)[number];
