/** Values at the nodes of the grid, n = 2N + 1; node i lies at (i − N)·dx ticks from the spot. */
export type Nodes = ArrayLike<number>;

/** A wall of resting liquidity. */
export interface ScopeWall {
  /** One of its kind. */
  readonly id: number;
  /** Absolute ticks. */
  readonly center: number;
  /** Half width, ticks, > 0. */
  readonly sigma: number;
  /** Strength, ticks²/s², 0 to `Smax`. */
  readonly S: number;
  /** What it stands on; `book` when omitted. */
  readonly kind?: "book" | "gex";
  /** Strength 10 s ago; not marked when omitted. */
  readonly S10?: number;
}

/** Name of a wall, one of all kinds: "3" of the book, "g3" of gamma. */
export function wallName({ id, kind }: ScopeWall): string {
  return kind === "gex" ? `g${id}` : `${id}`;
}

/** One row of a forecast: ticks from the spot, with the ends of its 80 % band. */
export interface ScopeForecast {
  readonly x: number;
  readonly lo: number;
  readonly hi: number;
}

/** One row of a forecast whose time has come: ticks from the spot of its origin. */
export interface ScopeResolved {
  /** Horizon, steps, ≥ 1. */
  readonly h: number;
  readonly pred: number;
  readonly act: number;
  /** Root mean square error of this horizon so far, ticks; not written when omitted. */
  readonly rms?: number;
}

/** The medium and its forecast at one tick, all that the scope draws; every number is finite. */
export interface ScopeSnapshot {
  /** Nodes on each side of the spot. */
  readonly N: number;
  /** Distance of nodes, ticks. */
  readonly dx: number;
  /** Step of the forecast, s. */
  readonly dt: number;
  /** Mid price, absolute ticks; maybe half an integer. */
  readonly spot: number;
  /** Weights in the order wU, wC, wG, wO, b, wV, wK. */
  readonly theta: ArrayLike<number>;
  /** Energy of the medium, ticks²/s². */
  readonly U: Nodes;
  /** Energy of the walls, ticks²/s². */
  readonly O: Nodes;
  /** Current, ticks/s. */
  readonly C: Nodes;
  /** Drag Γ, 1/s, ≥ 0. */
  readonly G: Nodes;
  readonly walls: readonly ScopeWall[];
  /** Greatest strength that a wall can have. */
  readonly Smax: number;
  /** Observed velocity, ticks/s. */
  readonly v: number;
  /** Acceleration at launch, ticks/s². */
  readonly a: number;
  /** By horizon, nearest first. */
  readonly forecast: readonly ScopeForecast[];
  /** By horizon; empty while the origin is unresolved. */
  readonly resolved: readonly ScopeResolved[];
  /** Number of the tick; without it the tick before is not known for what it is. */
  readonly tick?: number;
  /** Velocity at launch, ticks/s; not marked when omitted. */
  readonly v0?: number;
  /** Vertical scale of the tick before, ticks²/s²; 0 when omitted. */
  readonly scaleBefore?: number;
  /** Mean freshness of what makes the current, 0 to 1; 1 when omitted. */
  readonly currentFreshness?: number;
  /** Standard errors of the weights; not written when omitted. */
  readonly thetaSe?: ArrayLike<number>;
  /** Time of the origin that `resolved` is of, in words; not written when omitted. */
  readonly origin?: string;
}

/** Where a scope is drawn and how near. */
export interface ScopeView {
  /** CSS pixels. */
  readonly w: number;
  readonly h: number;
  /** 1 to 64; 1 shows the whole grid. */
  readonly zoom: number;
}

/** A rectangle: left, top, width, height, CSS pixels. */
export type Rect = readonly [number, number, number, number];

/** The greatest zoom. */
const MAX_ZOOM = 64;
/** The zoom that a scope opens with: ±50 ticks of ±400. */
export const FIRST_ZOOM = 8;
/** Steps from one zoom to its double. */
const STEPS = 4;

/** Returns the zoom so many quarter octaves nearer (negative: farther), 1 to 64. */
export function zoomedBy(zoom: number, steps: number): number {
  // Counted in steps, so that there and back again is the same zoom.
  const step = Math.round(STEPS * Math.log2(zoom)) + steps;
  return clamp(2 ** (step / STEPS), 1, MAX_ZOOM);
}

/** Returns a value held between two ends. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
