import type { ProfileId } from "../../regime/mod.ts";
import type { PacketFacts } from "../packet_facts.ts";
import type { Direction } from "../../frames/mod.ts";

/** Least difference of the bought and sold shares that makes a side. */
const SIDE_MARGIN = 0.12;
/** Least net delta over gross that makes a multi-leg position directional. */
const NET_DELTA_MARGIN = 0.2;

/** Which way a packet points if it is what the profile says. */
export function directionOf(profile: ProfileId, facts: PacketFacts): Direction {
  if (profile === "vol_seller" || profile === "arbitrage") return "neutral";
  if (facts.legs > 1) {
    if (profile === "event_driven") return "neutral";
    if (facts.netDelta >= NET_DELTA_MARGIN) return "bullish";
    return facts.netDelta <= -NET_DELTA_MARGIN ? "bearish" : "neutral";
  }
  if (facts.right === null || facts.coverage === 0) return "unknown";
  if (Math.abs(facts.buyRatio - facts.sellRatio) < SIDE_MARGIN) return "mixed";
  const bought = facts.buyRatio > facts.sellRatio;
  return (facts.right === "C") === bought ? "bullish" : "bearish";
}
