import type { InferredDark, SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { profileText, scoreLine, scoreText } from "../tape/columns/mod.ts";
import type { FlowMark } from "./candle_store.ts";

function signOf(direction: string): 1 | -1 | 0 {
  return direction === "bullish" ? 1 : direction === "bearish" ? -1 : 0;
}

/** The mark of a smart-money event. */
export function eventMark(event: SmartMoneyEvent): FlowMark {
  const best = event.profile_scores[0];
  const premium = event.features["total_premium"];
  return {
    id: event.event_id,
    ts: event.source_ts,
    kind: "smart-money",
    label: `${profileText(event.primary_profile_id)}, ${event.primary_direction}, ${
      scoreLine(best?.score ?? 0, event.probability)
    }`,
    sign: signOf(event.primary_direction),
    premium: typeof premium === "number" ? premium : 0,
    row: undefined,
  };
}

/** The mark of an inferred print off exchange. */
export function darkMark(event: InferredDark): FlowMark {
  const sign = event.type === "stealth_accumulation" ? 1 : event.type === "distribution" ? -1 : 0;
  return {
    id: event.trace_id,
    ts: event.source_ts,
    kind: "inferred-dark",
    label: `inferred ${event.type.replaceAll("_", " ")}, score ${scoreText(event.confidence)}`,
    sign,
    premium: 0,
    row: { ...event, refs: event.evidence_refs },
  };
}
