import type { PacketFacts, StructureType } from "./packet_facts.ts";
import type { FlowPacket, SmartMoneyEvent, SmartMoneyFeatures } from "../frames/mod.ts";

type Bag = Readonly<Record<string, string | number | boolean | null>>;

function numberOr<T>(bag: Bag, key: string, fallback: T): number | T {
  const value = bag[key];
  return typeof value === "number" ? value : fallback;
}

const STRUCTURES: ReadonlySet<string> = new Set([
  "box",
  "conversion",
  "straddle",
  "strangle",
  "vertical",
  "butterfly",
  "ladder",
  "calendar",
  "roll",
]);

function structureOf(value: unknown): StructureType | null {
  return typeof value === "string" && STRUCTURES.has(value) ? value as StructureType : null;
}

/**
 * The facts that scores are a function of, read from a packet's features and the event's. The pipeline
 * scores by the same facts, so a stored event can be scored again to the same scores.
 */
export function factsOf(packet: FlowPacket["features"], event: SmartMoneyFeatures): PacketFacts {
  const count = Math.max(1, numberOf(event, "print_count"));
  const right = event["option_type"];
  const after = event["expiry_after_event"];
  return {
    structure: structureOf(event["structure_type"]),
    legs: numberOf(event, "contract_count"),
    right: right === "C" || right === "P" ? right : null,
    printCount: numberOf(event, "print_count"),
    totalSize: numberOf(event, "total_size"),
    premiumUsd: numberOf(event, "total_premium"),
    avgPrice: numberOf(packet, "avg_price"),
    buyRatio: numberOf(event, "aggressor_buy_ratio"),
    sellRatio: numberOf(event, "aggressor_sell_ratio"),
    aggressorRatio: numberOf(event, "aggressor_ratio"),
    insideRatio: numberOf(event, "nbbo_inside_ratio"),
    coverage: numberOf(event, "nbbo_coverage_ratio"),
    staleRatio: numberOf(event, "nbbo_stale_ratio"),
    venueCount: numberOf(event, "venue_count"),
    dteDays: numberOf(event, "dte_days"),
    absDelta: numberOr(packet, "abs_delta", null),
    strikeRank: numberOr(packet, "strike_rank", null),
    ivShock: numberOf(event, "synthetic_iv_shock"),
    spreadZ: numberOf(event, "spread_widening"),
    moveBps: numberOr(event, "underlying_move_bps", null),
    moveZ: numberOr(packet, "underlying_move_z", null),
    netDelta: numberOf(packet, "net_delta_ratio"),
    netVega: numberOf(packet, "net_vega_ratio"),
    symmetry: numberOf(event, "same_size_leg_symmetry"),
    stockLinked: packet["stock_linked"] === true,
    orphanLeg: packet["orphan_leg"] === true,
    specialRatio: numberOf(event, "special_print_ratio"),
    crossRatio: numberOf(packet, "cross_print_count") / count,
    daysToEvent: numberOr(event, "days_to_event", null),
    expiryAfterEvent: typeof after === "boolean" ? after : null,
    pastEvent: packet["past_event"] === true,
  };
}

function numberOf(bag: Bag, key: string): number {
  return numberOr(bag, key, 0);
}

/** The packet that an event was scored by: the first of its packets; null when it is not at hand. */
export function scoredPacket(
  event: SmartMoneyEvent,
  packets: readonly FlowPacket[],
): FlowPacket | null {
  const [id] = event.packet_ids;
  return packets.find((packet) => packet.id === id) ?? null;
}
