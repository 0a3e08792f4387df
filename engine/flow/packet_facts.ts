/** Kinds of multi-leg structure that packets are linked into. */
export type StructureType =
  | "box"
  | "conversion"
  | "straddle"
  | "strangle"
  | "vertical"
  | "butterfly"
  | "ladder"
  | "calendar"
  | "roll";

/** What the profile scores are a function of: the measured facts of one closed packet or structure. */
export interface PacketFacts {
  readonly structure: StructureType | null;
  /** Distinct contracts, ≥ 1. */
  readonly legs: number;
  /** "C" or "P" of a single leg, else null. */
  readonly right: "C" | "P" | null;
  readonly printCount: number;
  /** Contracts traded. */
  readonly totalSize: number;
  /** USD, multiplier included. */
  readonly premiumUsd: number;
  /** Contract-size weighted mean price per share, USD. */
  readonly avgPrice: number;
  /** Shares of the prints, each 0…1: of aggressive ones (buy + sell = 1), of quoted ones, of all. */
  readonly buyRatio: number;
  readonly sellRatio: number;
  readonly aggressorRatio: number;
  readonly insideRatio: number;
  readonly coverage: number;
  readonly staleRatio: number;
  readonly venueCount: number;
  /** New York calendar days to expiry, nearest leg; 0 = same day. */
  readonly dteDays: number;
  /** Size-weighted mean |delta|; null without spot or volatility. */
  readonly absDelta: number | null;
  /** Steps between strike and the listed strike nearest to spot; null without spot. */
  readonly strikeRank: number | null;
  /** Last volatility minus the last one before the packet, annual (0.01 = one point). */
  readonly ivShock: number;
  readonly spreadZ: number;
  /** Signed move of the mid since 60 s before the first print, basis points; null when unknown. */
  readonly moveBps: number | null;
  /** The same in units of the rolling one-minute standard deviation; null when unknown. */
  readonly moveZ: number | null;
  /** Net signed delta and vega over gross, −1…1. */
  readonly netDelta: number;
  readonly netVega: number;
  /** Smallest leg size over largest; 0 for a single leg. */
  readonly symmetry: number;
  /** A stock print of 90 to 110 shares per contract was matched. */
  readonly stockLinked: boolean;
  /** A single leg whose conditions say that it was part of something larger. */
  readonly orphanLeg: boolean;
  /** Shares of prints with a special condition, and with CROSS, AUCTION, OPENING or CLOSING. */
  readonly specialRatio: number;
  readonly crossRatio: number;
  /** Days to the next announced event of the underlying, and whether the expiry lies after it. */
  readonly daysToEvent: number | null;
  readonly expiryAfterEvent: boolean | null;
  /** An event of the underlying lies in the last two sessions. */
  readonly pastEvent: boolean;
}
