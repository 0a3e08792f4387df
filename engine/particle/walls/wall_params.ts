/** Constants of a kind of wall. Strengths are energies, ticks^2/s^2; times are ticks of the lab. */
export interface WallParams {
  /** What a tick leaves of an unobserved wall, in (0, 1]. */
  readonly decay: number;
  /** Strength that full evidence adds in a tick. */
  readonly eta: number;
  /** Greatest strength. */
  readonly Smax: number;
  /** Share that full negative reinforcement takes in a tick. */
  readonly ep: number;
  /** Erosion by a crossing of the whole wall is 1 - exp(-kc). */
  readonly kc: number;
  /** Share by which centre and width follow an observation. */
  readonly blend: number;
  /** Evidence that a new wall needs, and a peak of a profile. */
  readonly eBirth: number;
  /** Prominence that a peak needs. */
  readonly promMin: number;
  /** Least distance of two peaks, nodes. */
  readonly sep: number;
  /** A weaker wall expires. */
  readonly Smin: number;
  /** A wall that was not seen for longer expires, ticks of the lab. */
  readonly maxAge: number;
  /** Most walls. */
  readonly cap: number;
  /** Least half width, ticks of price. */
  readonly sigMin: number;
  /** Greatest half width, ticks of price. */
  readonly sigMax: number;
  /** Walls closer than this share of their summed half widths merge. */
  readonly mergeK: number;
  /** Change of strength in a tick that is an event, as a share of the greatest. */
  readonly event: number;
}

/** Walls of the book: half of one is gone after 4.2 s without evidence. */
export const BOOK_WALLS: WallParams = {
  decay: 0.92,
  eta: 0.8,
  Smax: 10,
  ep: 0.25,
  kc: 0.5,
  blend: 0.2,
  eBirth: 0.35,
  promMin: 0.1,
  sep: 4,
  Smin: 0.05,
  maxAge: 240,
  cap: 8,
  sigMin: 2,
  sigMax: 40,
  mergeK: 0.5,
  event: 0.05,
};

/** Walls of option gamma: half of one is gone after 69 s without evidence. */
export const GEX_WALLS: WallParams = { ...BOOK_WALLS, decay: 0.995 };
