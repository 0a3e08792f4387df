/** What a feed says about a wall in one tick. */
export interface WallObservation {
  /** Absolute price, ticks. */
  readonly center: number;
  /** Evidence, 0..1. */
  readonly e: number;
  /** Reinforcement: it builds above 0 and drains below, -1..1. */
  readonly r: number;
  /** Half width, ticks. */
  readonly sigma: number;
}

/** A wall that the medium remembers. */
export interface Wall {
  /** Number of its birth, from 1. */
  readonly id: number;
  /** Absolute price, ticks. */
  readonly center: number;
  /** Half width, ticks. */
  readonly sigma: number;
  /** Strength, ticks^2/s^2, 0..Smax. */
  readonly S: number;
  /** Tick of its birth. */
  readonly born: number;
  /** Last tick that observed it. */
  readonly seen: number;
}

/** What happened to a wall in a tick. */
export interface WallEvent {
  readonly type: "birth" | "erode" | "evict" | "expire" | "merge" | "thicken";
  /** The wall; of a merge the one that stays. */
  readonly id: number;
  /** Of a merge, the wall that went. */
  readonly other?: number;
}
