import { numberOf, RowWireError, textOf, type Wire, wireOf } from "../socket/mod.ts";
import { contractTerms, daysToExpiry, deltaOf } from "./contracts.ts";
import {
  type AlertRow,
  type DarkRow,
  type DataRow,
  type EquityRow,
  type OptionRow,
  type PacketRow,
  type ScoreRow,
  type Side,
  SIDES,
  type SmartRow,
  type TapeChannel,
} from "./rows.ts";

function maybeNumber(wire: Wire, field: string): number | null {
  const value = wire[field];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function maybeText(wire: Wire, field: string): string {
  const value = wire[field];
  return typeof value === "string" ? value : "";
}

function texts(wire: Wire, field: string): readonly string[] {
  const value = wire[field];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RowWireError(field, value);
  return value.filter((item): item is string => typeof item === "string");
}

function sideOf(value: string): Side {
  return SIDES.find((side) => side === value) ?? "MISSING";
}

function optionRow(wire: Wire): OptionRow {
  const ts = numberOf(wire, "ts");
  const contract = textOf(wire, "option_contract_id");
  const terms = contractTerms(contract);
  const spot = maybeNumber(wire, "execution_underlying_spot");
  const iv = maybeNumber(wire, "execution_iv");
  return {
    kind: "options",
    ts,
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    contract,
    right: terms?.right ?? (wire["option_type"] === "put" ? "P" : "C"),
    strike: terms?.strike ?? null,
    expiry: terms?.expiry ?? "",
    dte: terms === null ? null : daysToExpiry(terms.expiryDay, ts),
    price: numberOf(wire, "price"),
    size: numberOf(wire, "size"),
    premium: numberOf(wire, "notional"),
    side: sideOf(textOf(wire, "nbbo_side")),
    iv,
    spot,
    bid: maybeNumber(wire, "execution_nbbo_bid"),
    ask: maybeNumber(wire, "execution_nbbo_ask"),
    quoteAgeMs: maybeNumber(wire, "execution_nbbo_age_ms"),
    venue: textOf(wire, "exchange"),
    conditions: texts(wire, "conditions").join(" "),
    delta: deltaOf(terms, spot, iv, ts),
    moneyness: terms === null || spot === null || spot <= 0 ? null : terms.strike / spot,
    isEtf: wire["is_etf"] === true,
    isSignal: wire["signal_pass"] === true,
    reasons: texts(wire, "signal_reasons").join(" "),
  };
}

function equityRow(wire: Wire): EquityRow {
  const price = numberOf(wire, "price");
  const size = numberOf(wire, "size");
  return {
    kind: "equities",
    ts: numberOf(wire, "ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    price,
    size,
    premium: price * size,
    venue: textOf(wire, "exchange"),
    isOff: wire["offExchangeFlag"] === true,
    conditions: texts(wire, "conditions").join(" "),
  };
}

function scoresOf(wire: Wire): ScoreRow[] {
  const value = wire["profile_scores"];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RowWireError("profile_scores", value);
  return value.map((item) => {
    const score = wireOf(item, "profile_scores");
    return {
      profile: textOf(score, "profile_id"),
      probability: numberOf(score, "probability"),
      band: textOf(score, "confidence_band"),
      direction: textOf(score, "direction"),
    };
  });
}

/** Contract named by a packet id, which reads `flowpacket:{contract}:{start}:{end}`. */
function contractOfPacket(id: string): string {
  return id.split(":")[1] ?? "";
}

function smartRow(wire: Wire): SmartRow {
  const features = wireOf(wire["features"], "features");
  const scores = scoresOf(wire);
  const best = scores[0];
  const primary = wire["primary_profile_id"];
  const packetIds = texts(wire, "packet_ids");
  const first = Array.isArray(wire["profile_scores"]) ? wire["profile_scores"][0] : undefined;
  return {
    kind: "smart-money",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "event_id"),
    symbol: textOf(wire, "underlying_id"),
    isMulti: wire["event_kind"] === "multi_leg_event",
    structure: maybeText(features, "structure_type"),
    contract: maybeText(features, "option_contract_id") || contractOfPacket(packetIds[0] ?? ""),
    profile: typeof primary === "string" && wire["abstained"] !== true ? primary : null,
    direction: textOf(wire, "primary_direction"),
    probability: best?.probability ?? 0,
    band: best?.band ?? "low",
    scores,
    reasons: first === undefined ? "" : texts(wireOf(first, "profile_scores"), "reasons").join(" "),
    premium: maybeNumber(features, "total_premium") ?? 0,
    size: maybeNumber(features, "total_size") ?? 0,
    prints: maybeNumber(features, "print_count") ?? 0,
    dte: maybeNumber(features, "dte_days"),
    windowMs: numberOf(wire, "event_window_ms"),
    suppressed: texts(wire, "suppressed_reasons").join(" "),
    packetIds,
    members: texts(wire, "member_print_ids"),
  };
}

function packetRow(wire: Wire): PacketRow {
  const features = wireOf(wire["features"], "features");
  const id = textOf(wire, "id");
  const stale = (maybeNumber(features, "nbbo_stale_count") ?? 0) > 0;
  const coverage = maybeNumber(features, "nbbo_coverage_ratio") ?? 0;
  const ts = numberOf(wire, "source_ts");
  const startTs = maybeNumber(features, "start_ts") ?? ts;
  const endTs = maybeNumber(features, "end_ts") ?? ts;
  return {
    kind: "flow",
    ts,
    seq: numberOf(wire, "seq"),
    id,
    symbol: maybeText(features, "underlying_id"),
    contract: maybeText(features, "option_contract_id") || contractOfPacket(id),
    structure: maybeText(features, "structure_type"),
    startTs,
    endTs,
    windowMs: endTs - startTs,
    prints: maybeNumber(features, "count") ?? texts(wire, "members").length,
    size: maybeNumber(features, "total_size") ?? 0,
    premium: maybeNumber(features, "total_premium") ?? 0,
    buy: maybeNumber(features, "nbbo_aggressive_buy_ratio"),
    sell: maybeNumber(features, "nbbo_aggressive_sell_ratio"),
    quality: coverage < 0.5 ? "missing" : stale ? "stale" : "clean",
  };
}

function alertRow(wire: Wire): AlertRow {
  const hits = wire["hits"];
  const hit = Array.isArray(hits) && hits.length > 0 ? wireOf(hits[0], "hits") : null;
  const severity = textOf(wire, "severity");
  const classifier = hit === null ? "" : textOf(hit, "classifier_id");
  const explanations = hit === null ? [] : texts(hit, "explanations");
  const premium = /premium[^0-9]*([\d.]+)/i.exec(explanations.join(" "));
  return {
    kind: "alerts",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: maybeText(wire, "underlying_id"),
    severity: severity === "high" || severity === "medium" ? severity : "low",
    score: numberOf(wire, "score"),
    profile: maybeText(wire, "primary_profile_id") || classifier.replace(/^smart_money_/, ""),
    direction: hit === null ? "unknown" : textOf(hit, "direction"),
    probability: hit === null ? 0 : numberOf(hit, "confidence"),
    premium: maybeNumber(wire, "premium") ?? (premium === null ? null : Number(premium[1])),
    explanations: explanations.join(" · "),
    refs: texts(wire, "evidence_refs"),
  };
}

function darkRow(wire: Wire): DarkRow {
  const meta = wire["meta"] === undefined ? {} : wireOf(wire["meta"], "meta");
  return {
    kind: "inferred-dark",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    type: textOf(wire, "type"),
    confidence: numberOf(wire, "confidence"),
    size: maybeNumber(meta, "size") ?? maybeNumber(meta, "total_size"),
    price: maybeNumber(meta, "price") ?? maybeNumber(meta, "avg_price"),
    refs: texts(wire, "evidence_refs"),
  };
}

/**
 * Reduces a record of a channel to what its tape shows.
 *
 * @throws {RowWireError} When a field that the row needs is missing or of another type.
 */
export function projectRow(channel: TapeChannel, record: unknown): DataRow {
  const wire = wireOf(record, channel);
  switch (channel) {
    case "options":
      return optionRow(wire);
    case "equities":
      return equityRow(wire);
    case "smart-money":
      return smartRow(wire);
    case "flow":
      return packetRow(wire);
    case "alerts":
      return alertRow(wire);
    case "inferred-dark":
      return darkRow(wire);
  }
}
