import type { Right } from "../options/mod.ts";
import type { PacketStanding } from "./_baselines.ts";
import type { Packet } from "./_packet.ts";
import type { StructureType } from "./packet_facts.ts";
import type { OptionPrint } from "../frames/mod.ts";

/** Counts of prints by where they executed. */
export interface Placements {
  readonly aa: number;
  readonly a: number;
  readonly mid: number;
  readonly b: number;
  readonly bb: number;
  readonly missing: number;
  readonly stale: number;
}

/** A closed packet or a structure of several, measured. The features and the scores come from here. */
export interface Measured extends Placements {
  readonly id: string;
  readonly underlyingId: string;
  readonly isEtf: boolean;
  readonly structure: StructureType | null;
  /** The packets of a structure; empty for a packet. */
  readonly legs: readonly Leg[];
  readonly startTs: number;
  readonly endTs: number;
  readonly closeTs: number;
  readonly members: readonly string[];
  readonly count: number;
  readonly size: number;
  readonly premium: number;
  readonly avgPrice: number;
  readonly firstPrice: number;
  readonly lastPrice: number;
  /** Σ spot × size × 100; null without a spot. */
  readonly notional: number | null;
  readonly special: number;
  readonly cross: number;
  readonly venueCount: number;
  readonly conditions: readonly string[];
  readonly quoteAges: readonly number[];
  readonly spot: number | null;
  readonly dteDays: number;
  /** Strike over spot. */
  readonly moneyness: number | null;
  readonly absDelta: number | null;
  readonly strikeRank: number | null;
  readonly preIv: number | null;
  readonly ivShock: number;
  readonly spread: number | null;
  readonly standing: PacketStanding;
  readonly moveBps: number | null;
  readonly moveZ: number | null;
  readonly netDelta: number;
  readonly netVega: number;
  readonly symmetry: number;
  readonly stockLinked: boolean;
  readonly orphanLeg: boolean;
  /** The last print, for the quotes that stood at it. */
  readonly last: OptionPrint;
}

/** A measured packet of one contract, before it is known whether it is part of a structure. */
export interface Leg extends Measured {
  readonly packet: Packet;
  readonly contractId: string;
  readonly right: Right;
  readonly strike: number;
  /** YYYYMMDD. */
  readonly expiry: number;
  readonly expiryTs: number;
  /** Per share; null without spot or volatility. */
  readonly delta: number | null;
  readonly vega: number | null;
  /** Σ side weight × size over size, −1…1. */
  readonly signedRatio: number;
  /** A print says that it was part of a larger order. */
  readonly complex: boolean;
}

/** Rounds to 1e-6, so that records stay short and sums of decimals read as such. */
export function micro(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
