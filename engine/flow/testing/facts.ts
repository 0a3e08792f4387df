import type { PacketFacts } from "../packet_facts.ts";

/** A single-leg packet of ten clean prints, all facts neutral; `change` says what is special. */
export function factsWith(change: Partial<PacketFacts>): PacketFacts {
  return {
    structure: null,
    legs: 1,
    right: "C",
    printCount: 10,
    totalSize: 400,
    premiumUsd: 200_000,
    avgPrice: 5,
    buyRatio: 0.9,
    sellRatio: 0.1,
    aggressorRatio: 0.9,
    insideRatio: 0.1,
    coverage: 1,
    staleRatio: 0,
    venueCount: 4,
    dteDays: 21,
    absDelta: 0.5,
    strikeRank: 1,
    ivShock: 0,
    spreadZ: 0,
    moveBps: 0,
    moveZ: 0,
    netDelta: 0.8,
    netVega: 0.8,
    symmetry: 0,
    stockLinked: false,
    orphanLeg: false,
    specialRatio: 0,
    crossRatio: 0,
    daysToEvent: null,
    expiryAfterEvent: null,
    pastEvent: false,
    ...change,
  };
}
