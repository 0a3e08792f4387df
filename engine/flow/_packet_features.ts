import type { Standing } from "./_baselines.ts";
import { type Leg, type Measured, micro } from "./_measured.ts";
import type { FeatureValue } from "../frames/mod.ts";

type Features = Record<string, FeatureValue>;

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : micro(part / whole);
}

/** Shares of prints by placement. */
export interface PlacementRatios {
  readonly coverage: number;
  readonly aggressive: number;
  readonly buy: number;
  readonly sell: number;
  readonly inside: number;
  readonly stale: number;
}

/** Shares of a packet's prints: of all, of the quoted ones, of the aggressive ones. */
export function placementRatios(m: Measured): PlacementRatios {
  const bought = m.aa + m.a;
  const sold = m.b + m.bb;
  const aggressive = bought + sold;
  const quoted = aggressive + m.mid;
  return {
    coverage: ratio(quoted, m.count),
    aggressive: ratio(aggressive, quoted),
    buy: ratio(bought, aggressive),
    sell: ratio(sold, aggressive),
    inside: ratio(m.mid, quoted),
    stale: ratio(m.stale + m.missing, m.count),
  };
}

/**
 * The features of a flow packet. A value that is not known has no key. The scores of an event can be
 * rebuilt from these and the event's own features.
 */
export function packetFeatures(m: Measured, pastEvent: boolean): Features {
  const ratios = placementRatios(m);
  const out: Features = {
    packet_kind: m.structure === null ? "contract" : "structure",
    underlying_id: m.underlyingId,
    is_etf: m.isEtf,
    count: m.count,
    total_size: m.size,
    total_premium: m.premium,
    first_price: m.firstPrice,
    last_price: m.lastPrice,
    avg_price: m.avgPrice,
    start_ts: m.startTs,
    end_ts: m.endTs,
    window_ms: m.endTs - m.startTs,
    nbbo_aa_count: m.aa,
    nbbo_a_count: m.a,
    nbbo_mid_count: m.mid,
    nbbo_b_count: m.b,
    nbbo_bb_count: m.bb,
    nbbo_missing_count: m.missing,
    nbbo_stale_count: m.stale,
    nbbo_coverage_ratio: ratios.coverage,
    nbbo_aggressive_ratio: ratios.aggressive,
    nbbo_aggressive_buy_ratio: ratios.buy,
    nbbo_aggressive_sell_ratio: ratios.sell,
    nbbo_inside_ratio: ratios.inside,
    venue_count: m.venueCount,
    conditions: m.conditions.join(","),
    special_print_count: m.special,
    cross_print_count: m.cross,
    execution_iv_shock: m.ivShock,
    net_delta_ratio: m.netDelta,
    net_vega_ratio: m.netVega,
    stock_linked: m.stockLinked,
    orphan_leg: m.orphanLeg,
    past_event: pastEvent,
  };
  addKnown(out, m);
  addStanding(out, "total_premium", m.standing.premium);
  addStanding(out, "total_size", m.standing.size);
  addStanding(out, "nbbo_spread", m.standing.spread);
  if (m.structure === null) addContract(out, m as Leg);
  else addStructure(out, m);
  return out;
}

function addKnown(out: Features, m: Measured): void {
  const { last } = m;
  if (m.notional !== null) out["total_notional"] = m.notional;
  if (m.absDelta !== null) out["abs_delta"] = m.absDelta;
  if (m.strikeRank !== null) out["strike_rank"] = m.strikeRank;
  if (m.preIv !== null) out["pre_iv"] = m.preIv;
  if (m.moveBps !== null) out["underlying_move_bps"] = m.moveBps;
  if (m.moveZ !== null) out["underlying_move_z"] = m.moveZ;
  if (last.execution_nbbo_bid !== null) {
    out["nbbo_bid"] = last.execution_nbbo_bid;
    out["nbbo_ask"] = last.execution_nbbo_ask ?? 0;
    out["nbbo_mid"] = last.execution_nbbo_mid ?? 0;
    out["nbbo_spread"] = last.execution_nbbo_spread ?? 0;
    out["nbbo_bid_size"] = last.execution_nbbo_bid_size ?? 0;
    out["nbbo_ask_size"] = last.execution_nbbo_ask_size ?? 0;
  }
  if (last.execution_underlying_bid !== null) {
    out["underlying_bid"] = last.execution_underlying_bid;
    out["underlying_ask"] = last.execution_underlying_ask ?? 0;
    out["underlying_spread"] = last.execution_underlying_spread ?? 0;
    out["underlying_quote_ts"] = last.execution_underlying_ts ?? 0;
  }
  if (m.spot !== null) out["underlying_mid"] = micro(m.spot);
}

function addStanding(out: Features, name: string, { mean, std, z, n }: Standing): void {
  out[`${name}_mean`] = micro(mean);
  out[`${name}_std`] = micro(std);
  out[`${name}_z`] = micro(z);
  out[`${name}_baseline_n`] = n;
}

function addContract(out: Features, leg: Leg): void {
  out["option_contract_id"] = leg.contractId;
  out["option_type"] = leg.right;
}

function addStructure(out: Features, m: Measured): void {
  out["structure_type"] = m.structure ?? "";
  out["structure_legs"] = m.legs.length;
  out["structure_contracts"] = m.legs.map((leg) => leg.contractId).join(",");
  out["structure_strikes"] = [...new Set(m.legs.map((leg) => leg.strike))].join(",");
  out["structure_symmetry"] = m.symmetry;
  const [first, second] = m.legs;
  if (m.structure !== "roll" || first === undefined || second === undefined) return;
  const [from, to] = first.signedRatio > second.signedRatio ? [second, first] : [first, second];
  out["roll_from"] = from.contractId;
  out["roll_to"] = to.contractId;
}
